package dev.holdfast.manifest;

import java.util.List;

/**
 * What was read.
 *
 * @param manifests the resources without a problem, in the order of the files
 * @param problems all problems of all files; when there is one, do not use the manifests as if they
 *     were everything that was asked for
 * @param notices what was not checked, for people
 */
public record Manifests(List<Manifest> manifests, List<Problem> problems, List<String> notices) {

  public Manifests {
    manifests = List.copyOf(manifests);
    problems = List.copyOf(problems);
    notices = List.copyOf(notices);
  }
}
