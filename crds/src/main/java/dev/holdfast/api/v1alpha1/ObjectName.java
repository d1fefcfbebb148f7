package dev.holdfast.api.v1alpha1;

import com.fasterxml.jackson.annotation.JacksonAnnotationsInside;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** The name of another Kubernetes object (RFC 1123 subdomain). */
@JacksonAnnotationsInside
@Pattern("^[a-z0-9]([-.a-z0-9]*[a-z0-9])?$")
@Size(min = 1, max = 253)
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.FIELD, ElementType.METHOD})
public @interface ObjectName {}
