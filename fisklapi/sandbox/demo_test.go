package sandbox_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/fiskl-mcp/fiskl-mcp/fisklapi/sandbox"
)

func TestDemoHoldsOnAnyDay(t *testing.T) {
	t.Parallel()
	for _, now := range []time.Time{
		present(),
		time.Date(2026, 1, 1, 0, 0, 1, 0, time.UTC),
		time.Date(2026, 3, 29, 1, 30, 0, 0, time.UTC), // London skips this hour.
		time.Date(2026, 7, 31, 23, 30, 0, 0, time.UTC),
		time.Date(2028, 2, 29, 12, 0, 0, 0, time.UTC),
		time.Date(2027, 3, 31, 12, 0, 0, 0, time.UTC),
		time.Date(2027, 4, 1, 12, 0, 0, 0, time.UTC),
	} {
		a := api{sandbox.New(sandbox.Options{Now: func() time.Time { return now }}), sandbox.KeyOwner}
		statuses := map[string]int{}
		partPaid := 0
		for page := range 2 {
			for _, row := range a.list(t, fmt.Sprintf("/v1/invoices?size=100&page=%d", page)) {
				statuses[row.text("status")]++
				if row.text("status") == "Overdue" && row.number("paid") > 0 {
					partPaid++
				}
				if row.text("created") > now.Format(time.RFC3339) {
					t.Errorf("%s: %s was made in the future, %s", now, row.text("number"), row.text("created"))
				}
			}
		}
		for status, count := range map[string]int{"Draft": 4, "Overdue": 4, "Partial": 2, "Rejected": 2} {
			if statuses[status] != count {
				t.Errorf("%s: got %d %s, want %d", now, statuses[status], status, count)
			}
		}
		if statuses["Sent"] < 6 || statuses["Paid"] < 125 || partPaid != 1 {
			t.Errorf("%s: got %v and %d part-paid overdue", now, statuses, partPaid)
		}
	}
}

func TestDemoStaysTheSameUnderOtherSeeds(t *testing.T) {
	t.Parallel()
	for seed := range uint64(12) {
		a := api{sandbox.New(sandbox.Options{Now: present, Seed: seed}), sandbox.KeyOwner}
		if got := len(a.list(t, "/v1/invoices?status=Overdue")); got != 4 {
			t.Errorf("seed %d: got %d overdue invoices, want 4", seed, got)
		}
		if got := len(a.list(t, "/v1/invoices?size=100&page=1")); got != 50 {
			t.Errorf("seed %d: got %d invoices on the second page, want 50", seed, got)
		}
	}
}

func TestDemoPeople(t *testing.T) {
	t.Parallel()
	a := demo()
	clients := a.list(t, "/v1/clients?includeArchived=true")
	archived, silent := 0, 0
	for _, row := range clients {
		if row["archived"] == true {
			archived++
		}
		if row.text("email") == "" {
			silent++
		}
	}
	if len(clients) != 13 || archived != 1 || silent != 1 {
		t.Errorf("got %d clients, %d archived, %d without e-mail", len(clients), archived, silent)
	}
	clients[0].equal(t, "id", 1024)
	clients[0].equal(t, "name", "Acme Ltd")
	a.list(t, "/v1/invoices?size=1")[0].equal(t, "id", 4821)
	if got := len(a.list(t, "/v1/vendors")); got != 8 {
		t.Errorf("got %d vendors, want 8", got)
	}
}

func TestIDsOfDifferentKindsNeverCollide(t *testing.T) {
	t.Parallel()
	a := demo()
	for i := range 400 {
		a.create(t, "/v1/clients", object{"name": fmt.Sprintf("Client %d", i)})
	}
	seen := map[int64]string{}
	for _, list := range []string{
		"clients?includeArchived=true", "vendors?x=1", "products?includeArchived=true", "invoices?x=1", "quotes?x=1", "taxes?x=1",
		"accounts?x=1", "payments?start=2020-01-01&end=2030-01-01",
	} {
		for page := 0; ; page++ {
			rows := a.list(t, fmt.Sprintf("/v1/%s&size=100&page=%d", list, page))
			for _, row := range rows {
				id := row.number("id")
				if other, taken := seen[id]; taken {
					t.Errorf("%d is an id of both %s and %s", id, other, list)
				}
				seen[id] = list
			}
			if len(rows) < 100 {
				break
			}
		}
	}
}
