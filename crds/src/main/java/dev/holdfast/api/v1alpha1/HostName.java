package dev.holdfast.api.v1alpha1;

import com.fasterxml.jackson.annotation.JacksonAnnotationsInside;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** An IP address or a DNS name, without a port. */
@JacksonAnnotationsInside
@Pattern(
    "^([A-Za-z0-9_]([-A-Za-z0-9_.]*[A-Za-z0-9_.])?"
        + "|[0-9A-Fa-f.]*:[0-9A-Fa-f.]*:[0-9A-Fa-f:.]*(%[-A-Za-z0-9._]+)?)$")
@Size(min = 1, max = 253)
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.FIELD, ElementType.METHOD})
public @interface HostName {}
