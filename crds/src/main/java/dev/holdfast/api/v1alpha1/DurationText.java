package dev.holdfast.api.v1alpha1;

import com.fasterxml.jackson.annotation.JacksonAnnotationsInside;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** A string that holds a duration of the Gateway API's form, such as {@code 1m30s}. */
@JacksonAnnotationsInside
@Pattern("^([0-9]{1,5}(h|m|s|ms)){1,4}$")
@Size(min = 2, max = 28)
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.FIELD, ElementType.METHOD})
public @interface DurationText {}
