package progress_test

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"slices"
	"strconv"
	"testing"
	"testing/synctest"
	"time"

	"github.com/fiskl-mcp/fiskl-mcp/fisklapi"
	"github.com/fiskl-mcp/fiskl-mcp/internal/inprocess"
	"github.com/fiskl-mcp/fiskl-mcp/internal/progress"
	"github.com/fiskl-mcp/fiskl-mcp/schemas"
)

const each = 250 * time.Millisecond

// slow is a client of an API that has so many clients and vendors, and takes so
// long for a page.
func slow(t *testing.T, clients, vendors int, page time.Duration, total bool) *fisklapi.Client {
	t.Helper()
	have := map[string]int{"/v1/clients": clients, "/v1/vendors": vendors}
	api := func(w http.ResponseWriter, r *http.Request) {
		time.Sleep(page) // of a clock that does not run
		number, _ := strconv.Atoi(r.URL.Query().Get("page"))
		rows := []any{}
		for i := number * 50; i < min(number*50+50, have[r.URL.Path]); i++ {
			rows = append(rows, map[string]any{"id": i + 1, "name": "Canary", "archived": false})
		}
		var body any = rows
		if total {
			body = map[string]any{"content": rows, "totalElements": have[r.URL.Path]}
		}
		_ = json.NewEncoder(w).Encode(body)
	}
	c, err := fisklapi.New(fisklapi.Options{
		TokenSource: fisklapi.Key("fsk_testing1"), BaseURL: "http://127.0.0.1", Rate: -1, Transport: inprocess.Transport{Handler: http.HandlerFunc(api)},
	})
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func readClients(ctx context.Context, t *testing.T, c *fisklapi.Client, args schemas.PageArgs) string {
	t.Helper()
	l, err := c.Clients.List(ctx, schemas.ContactFilter{PageArgs: args})
	if err != nil {
		t.Fatal(err)
	}
	return l.NextCursor
}

func words(states []progress.State) []string {
	var all []string
	for _, s := range states {
		all = append(all, s.String())
	}
	return all
}

// TestWatch finds that the lists of several pages are counted together, and that
// those of one page are not.
func TestWatch(t *testing.T) {
	t.Parallel()
	everything := schemas.PageArgs{All: true}
	for name, test := range map[string]struct {
		clients, vendors int
		total            bool
		read             func(context.Context, *fisklapi.Client) error
		want             []string
	}{
		"no total":                           {clients: 120, want: []string{"100 rows read", "120 of 120 rows read"}},
		"a total":                            {clients: 120, total: true, want: []string{"100 of 120 rows read", "120 of 120 rows read"}},
		"one page":                           {clients: 40, want: nil},
		"two lists, of which one has a page": {clients: 120, vendors: 30, total: true, want: []string{"100 of 120 rows read", "120 of 120 rows read"}},
		"two lists": {
			clients: 120, vendors: 70, total: true,
			want: []string{"100 of 120 rows read", "120 of 120 rows read", "190 of 190 rows read"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c := slow(t, test.clients, test.vendors, 0, test.total)
			var got []progress.State
			ctx := progress.Watch(t.Context(), func(s progress.State) { got = append(got, s) })
			readClients(ctx, t, c, everything)
			if _, err := c.Vendors.List(ctx, schemas.ContactFilter{PageArgs: everything}); err != nil {
				t.Fatal(err)
			}
			if !slices.Equal(words(got), test.want) {
				t.Errorf("got %q, want %q", words(got), test.want)
			}
		})
	}
}

// TestWatchInParts finds that the parts of one list add up, the last of which
// may be a page.
func TestWatchInParts(t *testing.T) {
	t.Parallel()
	c := slow(t, 220, 0, 0, true)
	var got []progress.State
	ctx := progress.Watch(t.Context(), func(s progress.State) { got = append(got, s) })
	args := schemas.PageArgs{Limit: 100, On: true}
	for more := true; more; more = args.Cursor != "" {
		args.Cursor = readClients(ctx, t, c, args)
	}
	for i, s := range got {
		if i > 0 && s.Rows <= got[i-1].Rows || s.Total < s.Rows {
			t.Errorf("got %q", words(got))
		}
	}
	if len(got) < 3 || got[0].Total != 220 {
		t.Errorf("got %q", words(got))
	}
}

// TestTell finds that states are sent at most once in an interval, the latest of
// them, and none after the call.
func TestTell(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		const page = 240 * time.Millisecond
		c := slow(t, 1000, 0, page, false)
		var sent []progress.State
		var at []time.Duration
		begun := time.Now()
		ctx, stop := progress.Tell(t.Context(), each, func(_ context.Context, s progress.State) error {
			sent, at = append(sent, s), append(at, time.Since(begun))
			return nil
		})
		readClients(ctx, t, c, schemas.PageArgs{All: true})
		stop()
		took := time.Since(begun)
		told := len(sent)
		for i := range at {
			if i > 0 && (at[i]-at[i-1] < each || sent[i].Rows <= sent[i-1].Rows) {
				t.Errorf("sent %v at %v", sent, at)
			}
		}
		if most := int(took/each) + 1; told < 4 || told > most || at[0] != page || sent[0].Rows != 100 {
			t.Errorf("sent %v at %v within %v, want four to %d, the first of 100 rows after %v: two pages come side by side", sent, at, took, most, page)
		}
		readClients(ctx, t, c, schemas.PageArgs{All: true})
		stop()
		time.Sleep(time.Minute)
		if len(sent) != told {
			t.Errorf("after the call came %v", sent[told:])
		}
	})
}

// TestTellHoldsNothingUp finds that a send that takes long holds no page up, and
// that nothing follows one that failed or a call that was given up.
func TestTellHoldsNothingUp(t *testing.T) {
	t.Parallel()
	for name, end := range map[string]func(giveUp func()) error{
		"it fails":             func(func()) error { return errors.New("nobody reads") },
		"the call is given up": func(giveUp func()) error { giveUp(); return nil },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				c := slow(t, 1000, 0, 60*time.Millisecond, false)
				call, giveUp := context.WithCancel(t.Context())
				defer giveUp()
				sent, begun := 0, time.Now()
				ctx, stop := progress.Tell(call, each, func(context.Context, progress.State) error {
					sent++
					time.Sleep(time.Minute)
					return end(giveUp)
				})
				readClients(ctx, t, c, schemas.PageArgs{All: true})
				if took := time.Since(begun); took > 21*60*time.Millisecond {
					t.Errorf("the pages took %v", took)
				}
				time.Sleep(2 * time.Minute)
				stop()
				if sent != 1 {
					t.Errorf("sent %d times", sent)
				}
			})
		})
	}
}

// TestStopWaits finds that what is on its way when the call ends is there before
// the answer.
func TestStopWaits(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		c := slow(t, 120, 0, 60*time.Millisecond, false)
		sent := false
		ctx, stop := progress.Tell(t.Context(), each, func(context.Context, progress.State) error {
			time.Sleep(time.Minute)
			sent = true
			return nil
		})
		readClients(ctx, t, c, schemas.PageArgs{All: true})
		stop()
		if !sent {
			t.Error("it was not waited for")
		}
	})
}
