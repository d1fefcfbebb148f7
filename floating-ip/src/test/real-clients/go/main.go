// What a user of the official Go library does; prints one fact a line.
package main

import (
	"context"
	"fmt"
	"log"
	"os"
	"sort"
	"strings"
	"time"

	"github.com/hetznercloud/hcloud-go/v2/hcloud"
)

func main() {
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	client := hcloud.NewClient(
		hcloud.WithToken(os.Getenv("HCLOUD_TOKEN")),
		hcloud.WithEndpoint(os.Getenv("HCLOUD_ENDPOINT")),
		hcloud.WithPollOpts(hcloud.PollOpts{BackoffFunc: hcloud.ConstantBackoff(100 * time.Millisecond)}),
	)

	locations := must(client.Location.All(ctx))
	names := make([]string, len(locations))
	for i, location := range locations {
		names[i] = location.Name
	}
	sort.Strings(names)
	fmt.Println("locations", strings.Join(names, " "))
	servers := must(client.Server.AllWithOpts(ctx, hcloud.ServerListOpts{
		ListOpts: hcloud.ListOpts{LabelSelector: "environment=demo"},
	}))
	places := make([]string, len(servers))
	for i, server := range servers {
		places[i] = server.Name + "@" + server.Location.Name
	}
	fmt.Println("servers", strings.Join(places, " "))
	fmt.Println("ips", len(must(client.FloatingIP.All(ctx))))
	selected := hcloud.FloatingIPListOpts{ListOpts: hcloud.ListOpts{LabelSelector: "environment in (more)"}}
	fmt.Println("selected", len(must(client.FloatingIP.AllWithOpts(ctx, selected))))

	ip := &hcloud.FloatingIP{ID: 1}
	action, _, err := client.FloatingIP.Assign(ctx, ip, &hcloud.Server{ID: 42})
	check(err)
	fmt.Println("accepted", action.Status, action.Command)
	_, _, err = client.FloatingIP.Assign(ctx, ip, &hcloud.Server{ID: 43})
	if hcloud.IsError(err, hcloud.ErrorCodeLocked) {
		fmt.Println("meanwhile locked")
	}
	check(client.Action.WaitFor(ctx, action))
	waited, _, err := client.Action.GetByID(ctx, action.ID)
	check(err)
	fmt.Println("finished", waited.Status)
	read, _, err := client.FloatingIP.GetByID(ctx, 1)
	check(err)
	server, _, err := client.Server.GetByID(ctx, read.Server.ID)
	check(err)
	fmt.Println("server", server.Name)

	action, _, err = client.FloatingIP.Unassign(ctx, &hcloud.FloatingIP{ID: 2})
	check(err)
	check(client.Action.WaitFor(ctx, action))
	read, _, err = client.FloatingIP.GetByID(ctx, 2)
	check(err)
	if read.Server == nil {
		fmt.Println("unassigned None")
	}
	missing, _, err := client.FloatingIP.GetByID(ctx, 999)
	check(err)
	if missing == nil {
		fmt.Println("missing not_found")
	}
}

func must[T any](value T, err error) T {
	check(err)
	return value
}

func check(err error) {
	if err != nil {
		log.Fatal(err)
	}
}
