package dev.holdfast.api.v1alpha1;

import com.fasterxml.jackson.annotation.JacksonAnnotationsInside;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** A name of lower-case letters, digits and hyphens (RFC 1123 label). */
@JacksonAnnotationsInside
@Pattern("^[a-z0-9]([-a-z0-9]*[a-z0-9])?$")
@Size(min = 1, max = 63)
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.FIELD, ElementType.METHOD})
public @interface DnsLabel {}
