package dev.holdfast.api.v1alpha1;

/** Request methods that checks and hooks may use. */
public enum HttpMethod {
  GET,
  HEAD,
  POST,
  PUT,
  DELETE,
  OPTIONS,
  PATCH
}
