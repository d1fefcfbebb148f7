package dev.holdfast.floatingip.fake;

import java.util.List;

/** A place, with what the API tells of it. */
record FakeLocation(
    long id,
    String name,
    String description,
    String country,
    String city,
    double latitude,
    double longitude,
    String networkZone) {

  static final List<FakeLocation> ALL =
      List.of(
          at(1, "fsn1", "Falkenstein DC Park 1", "DE", "Falkenstein", "eu-central"),
          at(2, "nbg1", "Nuremberg DC Park 1", "DE", "Nuremberg", "eu-central"),
          at(3, "hel1", "Helsinki DC Park 1", "FI", "Helsinki", "eu-central"),
          at(4, "ash", "Ashburn, VA", "US", "Ashburn, VA", "us-east"),
          at(5, "hil", "Hillsboro, OR", "US", "Hillsboro, OR", "us-west"),
          at(6, "sin", "Singapore", "SG", "Singapore", "ap-southeast"));

  /**
   * @throws IllegalArgumentException when there is none of that name
   */
  static FakeLocation named(String name) {
    return ALL.stream()
        .filter(at -> at.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("there is no location '" + name + "'"));
  }

  /** Servers tell it no more, their metadata does. */
  String datacenter() {
    return name + "-dc1";
  }

  private static FakeLocation at(
      long id, String name, String description, String country, String city, String zone) {
    return new FakeLocation(id, name, description, country, city, 50.0 - id, 10.0 * id, zone);
  }
}
