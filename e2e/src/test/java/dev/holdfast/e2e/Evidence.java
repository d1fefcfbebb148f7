package dev.holdfast.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** What the records of all clients together prove: who was in contact with which backend, when. */
final class Evidence {

  /** At some instant of this span a client was in contact with the backend. */
  private record Contact(Instant begin, Instant end, String backend) {}

  private final List<Contact> contacts;

  private Evidence(List<Contact> contacts) {
    this.contacts = contacts;
  }

  /** Of contacts that ended after the given instant. */
  static Evidence since(Instant instant, List<Traffic> traffic) {
    var contacts =
        traffic.stream()
            .flatMap(clients -> Stream.concat(fresh(clients), kept(clients)))
            .filter(contact -> contact.end().isAfter(instant))
            .toList();
    return new Evidence(contacts);
  }

  private static Stream<Contact> fresh(Traffic clients) {
    return clients.fresh().stream()
        .filter(e -> e.outcome() == Exchange.Outcome.ANSWERED)
        .map(e -> new Contact(e.begin(), e.end(), e.backend()));
  }

  private static Stream<Contact> kept(Traffic clients) {
    var contacts = new ArrayList<Contact>();
    var backend = "";
    for (var e : clients.kept()) {
      switch (e.outcome()) {
        case OPENED -> backend = e.backend();
        case ECHOED -> contacts.add(new Contact(e.begin(), e.end(), backend));
        case ANSWERED, FAILED, ENDED -> {}
      }
    }
    return contacts.stream();
  }

  /**
   * The clients went from one backend to the other, all of them, once: none was in contact with the
   * old one after any had been with the new one.
   */
  void assertOneAfterTheOther(String before, String after) {
    assertThat(contacts).extracting(Contact::backend).containsOnly(before, after);
    var first = of(after).map(Contact::end).min(Comparator.naturalOrder()).orElseThrow();
    assertThat(of(before))
        .as("contacts with %s that began after the first with %s, at %s", before, after, first)
        .noneMatch(contact -> contact.begin().isAfter(first));
  }

  void assertOnly(String backend) {
    assertThat(contacts).extracting(Contact::backend).isNotEmpty().containsOnly(backend);
  }

  private Stream<Contact> of(String backend) {
    return contacts.stream().filter(contact -> contact.backend().equals(backend));
  }
}
