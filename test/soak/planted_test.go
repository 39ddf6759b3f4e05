package main

import (
	"context"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/fiskl-mcp/fiskl-mcp/fisklapi"
	"github.com/fiskl-mcp/fiskl-mcp/fisklapi/sandbox"
	"github.com/fiskl-mcp/fiskl-mcp/schemas"
)

// soaked is a soak that went well.
func soaked(t *testing.T) *soak {
	t.Helper()
	s := newSoak(options{writes: 60, seed: 7}, t.TempDir())
	if err := s.write(t.Context()); err != nil {
		t.Fatal(err)
	}
	w := &wish{id: -1, kind: "create_client", do: func(ctx context.Context, api *fisklapi.Client) error {
		_, err := api.Clients.Create(ctx, schemas.NewClient{NewContact: schemas.NewContact{Name: "Zed", Country: "nowhere"}})
		return err
	}}
	if p := plant(t, s, w); p.first != fisklapi.NotDone {
		t.Fatalf("got %q of a client in no country", p.first)
	}
	return s
}

// TestPlanted spoils books or journal, and the checker must find it.
func TestPlanted(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		spoil func(*testing.T, *soak)
		says  []string // what is wrong
	}{
		"nothing":                 {func(*testing.T, *soak) {}, nil},
		"payment twice":           {payTwice, []string{"payment -2 was made 2 times"}},
		"without the controls":    {payUnguarded, []string{"record_payment of try -2.1 was sent without an entry"}},
		"behind everybody's back": {payUnseen, []string{"belongs to no try"}},
		"change undone":           {undo, []string{"update_client of try -3.1 set the ", "update_client of try -4.1 was sent without an entry"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := soaked(t)
			test.spoil(t, s)
			e, err := s.evidence(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			wantWrong(t, e.judge(), test.says...)
		})
	}
}

// TestPlantedGap takes a line out of the journal, which its chain of hashes tells.
func TestPlantedGap(t *testing.T) {
	t.Parallel()
	for _, event := range []string{"begin", "end"} {
		t.Run(event, func(t *testing.T) {
			t.Parallel()
			s := soaked(t)
			dropLine(event)(t, s)
			if _, err := s.evidence(t.Context()); err == nil || !strings.Contains(err.Error(), "is missing") {
				t.Errorf("error = %v", err)
			}
		})
	}
}

// plant makes a call from a process that the soak does not know of, on a good
// road.
func plant(t *testing.T, s *soak, w *wish) *try {
	t.Helper()
	p, err := s.start(func() bool { return false })
	if err != nil {
		t.Fatal(err)
	}
	return plantBy(t, s, w, p.client, p.close)
}

func plantBy(t *testing.T, s *soak, w *wish, api *fisklapi.Client, end func() error) *try {
	t.Helper()
	planted := w.next(s.clock)
	s.clock.step(time.Hour)
	s.note(planted, w.do(planted.under(t.Context()), api))
	if err := end(); err != nil {
		t.Fatal(err)
	}
	return planted
}

// penny is a wish to pay one on an invoice that was sent.
func penny(t *testing.T, s *soak) *wish {
	t.Helper()
	m := s.model(99)
	for range 100 {
		invoice, ok := recentOf(s.pool, m.dice, &s.pool.sent)
		if !ok {
			break
		}
		in := schemas.NewPayment{InvoiceRef: schemas.InvoiceRef{Invoice: ref(invoice)}, Amount: "0.01", AllowDuplicate: true}
		if _, err := unguarded(t, s).Payments.PlanRecord(t.Context(), in); err == nil {
			w := m.pay(-2, in)
			w.id = -2
			return w
		}
	}
	t.Fatal("no invoice takes a payment")
	return nil
}

// unguarded is a client without controls.
func unguarded(t *testing.T, s *soak) *fisklapi.Client {
	t.Helper()
	api, err := fisklapi.New(fisklapi.Options{
		TokenSource: fisklapi.Key(sandbox.KeyOwner), BaseURL: "http://127.0.0.1", Transport: s.road, Rate: -1, Now: s.clock.Now,
	})
	if err != nil {
		t.Fatal(err)
	}
	return api
}

func payTwice(t *testing.T, s *soak) {
	t.Helper()
	w := penny(t, s)
	for range 2 {
		plant(t, s, w)
	}
}

func payUnguarded(t *testing.T, s *soak) {
	t.Helper()
	plantBy(t, s, penny(t, s), unguarded(t, s), func() error { return nil })
}

// undo changes a client, and has somebody without controls change it to something else.
func undo(t *testing.T, s *soak) {
	t.Helper()
	w, _ := changeContact("update_client", func(p *pool) *[]schemas.ID { return &p.clients }, updateClient)(s.model(98), -3)
	w.id = -3
	plant(t, s, w)
	other := "otherwise"
	plantBy(t, s, &wish{id: -4, kind: "update_client", do: func(ctx context.Context, api *fisklapi.Client) error {
		return updateClient(ctx, api, ref(w.sets.id), schemas.ContactPatch{Notes: &other, Address: &other})
	}}, unguarded(t, s), func() error { return nil })
}

// payUnseen pays past the road, so that nobody knows whose payment it is.
func payUnseen(t *testing.T, s *soak) {
	t.Helper()
	payUnguarded(t, s)
	maps.DeleteFunc(s.road.arrivals, func(_ int64, who *try) bool { return who.wish.id == -2 })
}

// dropLine takes the line of an event out of the journal that is the last of a
// done write.
func dropLine(event string) func(*testing.T, *soak) {
	return func(t *testing.T, s *soak) {
		t.Helper()
		plant(t, s, penny(t, s))
		all, err := filepath.Glob(filepath.Join(s.dir, "journal", "*.jsonl"))
		if err != nil || len(all) != 1 {
			t.Fatalf("got %q, %v", all, err)
		}
		b, err := os.ReadFile(all[0])
		if err != nil {
			t.Fatal(err)
		}
		lines := slices.Collect(strings.Lines(string(b)))
		for i, line := range slices.Backward(lines) {
			if strings.Contains(line, `"event":"`+event+`"`) {
				lines = slices.Delete(lines, i, i+1)
				break
			}
		}
		if err := os.WriteFile(all[0], []byte(strings.Join(lines, "")), 0o600); err != nil {
			t.Fatal(err)
		}
	}
}
