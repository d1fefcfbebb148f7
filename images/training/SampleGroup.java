/**
 * The FloatingIpGroup of the operator's training run, as an API server that knows the schema's
 * defaults gives it back.
 */
record SampleGroup(String json) {

  /**
   * @param checked port on loopback of the only server
   */
  static SampleGroup at(String endpoint, int checked) {
    return new SampleGroup(
        """
        {
          "apiVersion": "holdfast.dev/v1alpha1",
          "kind": "FloatingIpGroup",
          "metadata": {
            "creationTimestamp": "2026-01-01T00:00:00Z",
            "generation": 1,
            "name": "training",
            "namespace": "default",
            "resourceVersion": "1",
            "uid": "00000000-0000-0000-0000-000000000003"
          },
          "spec": {
            "apply": {
              "maxMovesPerMinute": 0,
              "parallelism": 4,
              "timeout": "30s",
              "verify": {"tcpPort": 0, "timeout": "10s"}
            },
            "checks": [
              {
                "name": "up",
                "fall": 3,
                "fastInterval": "1s",
                "interval": "1s",
                "ipVersion": "Both",
                "rise": 2,
                "tcp": {"port": %d}
              },
              {
                "name": "web",
                "fall": 3,
                "fastInterval": "1s",
                "http": {
                  "body": "",
                  "expectStatus": ["200-499"],
                  "headers": {},
                  "headersFrom": [],
                  "host": "",
                  "method": "GET",
                  "path": "/",
                  "port": %d
                },
                "interval": "1s",
                "ipVersion": "Both",
                "rise": 2
              }
            ],
            "deletionPolicy": "Leave",
            "floatingIps": {"labelSelector": "role=training"},
            "mode": "Apply",
            "notifications": [],
            "paused": false,
            "planner": {
              "applyWithUnknownHealth": false,
              "rebalance": {"policy": "AfterStable", "stableFor": "5m"},
              "strategy": "MinimalMoves",
              "whenAllUnhealthy": "Keep"
            },
            "pollInterval": "60s",
            "pollTimeout": "20s",
            "provider": {
              "hetzner": {
                "endpoint": "%s",
                "tokenSecretRef": {"key": "token", "name": "training"}
              }
            },
            "rateLimit": {"failoverReserve": 60},
            "servers": {"labelSelector": "role=training"}
          }
        }
        """
            .formatted(checked, checked, endpoint));
  }
}
