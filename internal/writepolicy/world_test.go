package writepolicy_test

import (
	"context"
	"errors"
	"log/slog"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/fiskl-mcp/fiskl-mcp/fisklapi"
	"github.com/fiskl-mcp/fiskl-mcp/internal/journal"
	"github.com/fiskl-mcp/fiskl-mcp/internal/writepolicy"
	"github.com/fiskl-mcp/fiskl-mcp/schemas"
)

// world is a company's books, as far as controls see them, and a folder that
// several processes share.
type world struct {
	*testing.T
	options writepolicy.Options

	mu     sync.Mutex
	now    time.Time
	looked []string                   // what was looked up, by name
	finds  map[string]fisklapi.Result // what a look-up finds, by name; it fails for others
}

func newWorld(t *testing.T) *world {
	t.Helper()
	w := &world{T: t, now: time.Date(2026, time.November, 22, 12, 0, 0, 0, time.UTC), finds: make(map[string]fisklapi.Result)}
	w.options = writepolicy.Options{
		Dir:      filepath.Join(t.TempDir(), "journal"),
		Company:  w.company("1", time.UTC),
		LookBack: w.lookBack,
		Limits:   writepolicy.Unlimited(),
		Logger:   slog.New(slog.DiscardHandler),
		Now:      w.clock,
	}
	return w
}

func (w *world) company(key string, zone *time.Location) func(context.Context) (writepolicy.Company, error) {
	return func(context.Context) (writepolicy.Company, error) {
		return writepolicy.Company{Key: key, Name: "Company " + key, Zone: zone}, nil
	}
}

func (w *world) clock() time.Time {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.now
}

// step moves the clock, back too.
func (w *world) step(d time.Duration) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.now = w.now.Add(d)
}

// at sets the clock.
func (w *world) at(when string) {
	w.Helper()
	now, err := time.Parse(time.RFC3339, when)
	if err != nil {
		w.Fatal(err)
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	w.now = now
}

func (w *world) lookBack(_ context.Context, write fisklapi.Write, _ time.Time) (fisklapi.Result, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.looked = append(w.looked, write.Name)
	r, ok := w.finds[write.Name]
	if !ok {
		return fisklapi.Result{}, errors.New("no answer")
	}
	return r, nil
}

// find says what look-ups find from now on.
func (w *world) find(name string, r fisklapi.Result) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.finds[name] = r
}

// looks is how often something was looked up.
func (w *world) looks(name string) int {
	w.mu.Lock()
	defer w.mu.Unlock()
	n := 0
	for _, each := range w.looked {
		if each == name {
			n++
		}
	}
	return n
}

// process starts one that shares the folder.
func (w *world) process(adjust ...func(*writepolicy.Options)) *process {
	w.Helper()
	o := w.options
	for _, each := range adjust {
		each(&o)
	}
	p := &process{writepolicy.New(o), w}
	w.Cleanup(p.die)
	return p
}

// process is a run of the program.
type process struct {
	*writepolicy.Policy
	w *world
}

// die ends the process; what it has begun stays open.
func (p *process) die() {
	p.w.Helper()
	if err := p.Close(); err != nil {
		p.w.Error(err)
	}
}

// begin asks the guard, which must let the write pass.
func (p *process) begin(write fisklapi.Write) func(fisklapi.Result) fisklapi.Result {
	p.w.Helper()
	end, err := p.Guard(p.w.Context(), write)
	if err != nil {
		p.w.Fatalf("%s: %v", write.Name, err)
	}
	return end
}

// do has a write carried out.
func (p *process) do(write fisklapi.Write) {
	p.w.Helper()
	p.begin(write)(fisklapi.Result{Outcome: fisklapi.Done})
}

// refused asks the guard, which must refuse, and say all of the words.
func (p *process) refused(write fisklapi.Write, words ...string) {
	p.w.Helper()
	end, err := p.Guard(p.w.Context(), write)
	if end != nil || err == nil {
		p.w.Errorf("%s was let through, want %q", write.Name, words)
		return
	}
	for _, word := range words {
		if !strings.Contains(err.Error(), word) {
			p.w.Errorf("got %q, want it to say %q", err, word)
		}
	}
}

// entries reads the journal.
func (p *process) entries() []journal.Entry {
	p.w.Helper()
	all, err := p.Entries(p.w.Context())
	if err != nil {
		p.w.Fatal(err)
	}
	return all
}

// told says in short what the journal holds, newest first.
func (p *process) told() string {
	p.w.Helper()
	var words []string
	for _, e := range p.entries() {
		outcome := string(e.Result.Outcome)
		if e.Open() {
			outcome = "open"
		}
		words = append(words, e.Write.Name+": "+outcome)
	}
	return strings.Join(words, ", ")
}

func (p *process) wantTold(want string) {
	p.w.Helper()
	if got := p.told(); got != want {
		p.w.Errorf("the journal says %q, want %q", got, want)
	}
}

func payment(name string, id int, amount string) fisklapi.Write {
	return fisklapi.Write{
		Operation: fisklapi.OpRecordPayment, Noun: "invoice", ID: schemas.ID(strconv.Itoa(id)), Name: name, Amount: money(amount), Currency: "GBP",
		Content: name + amount, State: "as it was",
	}
}

func sending(name string, id int, state string) fisklapi.Write {
	return fisklapi.Write{
		Operation: fisklapi.OpSendInvoice, Noun: "invoice", ID: schemas.ID(strconv.Itoa(id)), Name: name, Amount: "100.00", Currency: "GBP", Content: name, State: state,
	}
}

func creation(name string) fisklapi.Write {
	return fisklapi.Write{Operation: fisklapi.OpCreateClient, Noun: "client", Name: name, Content: name}
}

func result(o fisklapi.Outcome) fisklapi.Result { return fisklapi.Result{Outcome: o} }
