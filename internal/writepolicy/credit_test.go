package writepolicy_test

import (
	"testing"
	"time"

	"github.com/fiskl-mcp/fiskl-mcp/fisklapi"
	"github.com/fiskl-mcp/fiskl-mcp/schemas"
)

// TestCredit abandons a write of which nothing came, has another one done, and
// looks the first one up: what is found need not be its own doing.
func TestCredit(t *testing.T) {
	t.Parallel()
	again := payment("B", 1, "5.00")
	again.Repeat = true
	marked := payment("B", 1, "5.00")
	marked.Operation = fisklapi.OpMarkInvoicePaid
	rest := payment("B", 1, "7.00") // of which another payment took 2.00 before it arrived
	rest.Operation = fisklapi.OpMarkInvoicePaid
	whole := marked
	whole.Name = "A"
	update := func(name, content string, sets map[string]string) fisklapi.Write {
		return fisklapi.Write{Operation: fisklapi.OpUpdateClient, Noun: "client", ID: "1", Name: name, Content: content, Sets: sets}
	}
	for name, test := range map[string]struct {
		first, next fisklapi.Write
		want        string
	}{
		"equal payment":         {payment("A", 1, "5.00"), again, "B: done, A: unknown"},
		"marked as paid":        {payment("A", 1, "5.00"), marked, "B: done, A: unknown"},
		"the rest marked paid":  {payment("A", 1, "5.00"), rest, "B: done, A: unknown"},
		"both marked as paid":   {whole, rest, "B: done, A: unknown"},
		"marked, and a part":    {whole, payment("B", 1, "7.00"), "B: done, A: done"},
		"other amount":          {payment("A", 1, "5.00"), payment("B", 1, "5.01"), "B: done, A: done"},
		"other invoice":         {payment("A", 1, "5.00"), payment("B", 2, "5.00"), "B: done, A: done"},
		"sent again":            {sending("A", 1, "new"), sending("B", 1, "changed"), "B: done, A: unknown"},
		"another sent":          {sending("A", 1, "new"), sending("B", 2, "new"), "B: done, A: done"},
		"paid, not sent":        {sending("A", 1, "new"), payment("B", 1, "5.00"), "B: done, A: done"},
		"the same change":       {update("A", "x", map[string]string{"notes": "n"}), update("B", "y", map[string]string{"notes": "n", "name": "z"}), "B: done, A: unknown"},
		"part of the change":    {update("A", "x", map[string]string{"notes": "n", "name": "z"}), update("B", "y", map[string]string{"notes": "n"}), "B: done, A: unknown"},
		"the rest of it":        {update("A", "x", map[string]string{"notes": "n", "name": "z"}), update("B", "y", map[string]string{"phone": "1"}), "B: done, A: done"},
		"another change":        {update("A", "x", map[string]string{"notes": "n"}), update("B", "y", map[string]string{"notes": "m"}), "B: done, A: done"},
		"the same record made":  {creation("A"), creation("B"), "B: done, A: unknown"},
		"of its name made":      {creation("A"), creation("a"), "a: done, A: unknown"},
		"another kind was made": {creation("A"), fisklapi.Write{Operation: fisklapi.OpCreateVendor, Name: "B"}, "B: done, A: done"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t)
			w.abandon(test.first)
			w.step(16 * time.Minute) // its look-ups fail so far
			p := w.process()
			p.begin(test.next)(fisklapi.Result{Outcome: fisklapi.Done, ID: "7"})
			w.find("A", fisklapi.Result{Outcome: fisklapi.Done, ID: "7", Found: "It is there."})
			w.step(time.Minute)
			p.wantTold(test.want)
			w.process().wantTold(test.want)
		})
	}
}

// TestCreditOfNames loses the answers of two creations under one name, one of
// which was carried out: the record that is found may be either's.
func TestCreditOfNames(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		second fisklapi.Write
		id     schemas.ID // of what is found of it; 7 is found of the first
		want   string
	}{
		"one name":   {creation("ZED"), "7", "ZED: unknown, Zed: unknown"},
		"two names":  {creation("Yod"), "8", "Yod: done, Zed: done"},
		"two kinds":  {fisklapi.Write{Operation: fisklapi.OpCreateVendor, Noun: "vendor", Name: "ZED"}, "7", "ZED: done, Zed: done"},
		"no id told": {creation("zed"), "", "zed: done, Zed: unknown"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t)
			w.abandon(creation("Zed"))
			w.step(16 * time.Minute)
			if test.id == "" {
				w.process().do(test.second)
			} else {
				w.abandon(test.second)
			}
			w.find("Zed", fisklapi.Result{Outcome: fisklapi.Done, ID: "7", Found: "It is there."})
			w.find(test.second.Name, fisklapi.Result{Outcome: fisklapi.Done, ID: test.id, Found: "It is there."})
			w.step(time.Minute)
			w.process().wantTold(test.want)
		})
	}
}

// TestCreditOfWhatMayComeLater abandons a write after one of unknown outcome,
// which may have arrived after the record was read for it.
func TestCreditOfWhatMayComeLater(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		later time.Duration
		want  string
	}{
		"it may have come later":  {119 * time.Second, "A: unknown, B: unknown"},
		"it cannot have any more": {121 * time.Second, "A: done, B: unknown"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t)
			p := w.process()
			marked := payment("B", 1, "7.00") // of which others paid 2.00 before it arrived
			marked.Operation = fisklapi.OpMarkInvoicePaid
			p.begin(marked)(result(fisklapi.Unknown))
			w.step(test.later)
			w.abandon(payment("A", 1, "5.00"))
			w.find("A", fisklapi.Result{Outcome: fisklapi.Done, Found: "It is there."})
			w.step(time.Minute)
			p.wantTold(test.want)
		})
	}
}

// TestCreditNotToWhatWasNotDone trusts a look-up when nobody else can have done
// it.
func TestCreditNotToWhatWasNotDone(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.abandon(sending("A", 1, "new"))
	w.abandon(creation("C"))
	w.step(16 * time.Minute)
	p := w.process()
	p.begin(sending("B", 1, "changed"))(result(fisklapi.NotDone))
	p.begin(creation("D"))(fisklapi.Result{Outcome: fisklapi.Done, ID: "8"})
	for _, name := range []string{"A", "C"} {
		w.find(name, fisklapi.Result{Outcome: fisklapi.Done, ID: "7", Found: "It is there."})
	}
	w.step(time.Minute)
	p.wantTold("D: done, B: not done, C: done, A: done")
}

// TestCreditToWhatIsUnderWay waits with its trust while another may be doing it.
func TestCreditToWhatIsUnderWay(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.abandon(sending("A", 1, "new"))
	w.step(16 * time.Minute)
	p := w.process()
	p.begin(sending("B", 1, "changed"))
	w.find("A", fisklapi.Result{Outcome: fisklapi.Done, Found: "It is there."})
	w.step(time.Minute)
	p.wantTold("B: open, A: unknown")
}

// TestCreditIsTold gives back what is known of a write, so that its caller is told the same.
func TestCreditIsTold(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	p := w.process()
	rest := payment("B", 1, "7.00")
	rest.Operation = fisklapi.OpMarkInvoicePaid
	a := p.begin(payment("A", 1, "5.00"))
	w.step(time.Minute) // it is not thought to be under way any more
	b := p.begin(rest)
	if r := b(result(fisklapi.Done)); r.Outcome != fisklapi.Done {
		t.Errorf("got %+v of an answer", r)
	}
	r := a(fisklapi.Result{Outcome: fisklapi.Done, Found: "It is there. It was carried out."})
	if r.Outcome != fisklapi.Unknown || r.Found != p.entries()[1].Result.Found {
		t.Errorf("got %+v, want what the journal says", r)
	}
}

// TestCreditNotFromBefore trusts a look-up when the other write ended before.
func TestCreditNotFromBefore(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	p := w.process()
	p.do(sending("B", 1, "new"))
	p.begin(payment("C", 1, "5.00"))(result(fisklapi.NotDone))
	w.step(16 * time.Minute)
	w.abandon(sending("A", 1, "sent"))
	w.find("A", fisklapi.Result{Outcome: fisklapi.Done, Found: "It is there."})
	w.step(time.Minute)
	p.wantTold("A: done, C: not done, B: done")
}

// TestInvoiceIsMadeOnce credits one of the writes under a reference, whoever
// hears of it first and however.
func TestInvoiceIsMadeOnce(t *testing.T) {
	t.Parallel()
	under := func(name, reference string) fisklapi.Write {
		return fisklapi.Write{Operation: fisklapi.OpCreateInvoice, Noun: "invoice", Name: name, Content: "lines", Reference: reference}
	}
	answered, found := result(fisklapi.Done), fisklapi.Result{Outcome: fisklapi.Done, Found: "It is there."}
	t.Run("answered twice", func(t *testing.T) {
		t.Parallel()
		p := newWorld(t).process()
		p.begin(under("A", "r"))(answered)
		p.begin(under("B", "r"))(answered)
		p.begin(under("C", "other"))(answered)
		p.wantTold("C: done, B: already existed, A: done")
	})
	t.Run("found while another is under way", func(t *testing.T) {
		t.Parallel()
		w := newWorld(t)
		p := w.process()
		w.find("A", found)
		a, b := p.begin(under("A", "r")), p.begin(under("B", "r"))
		a(found) // it may be B's
		p.wantTold("B: open, A: unknown")
		b(answered)
		w.step(2 * time.Minute)
		p.wantTold("B: done, A: already existed")
	})
	t.Run("answered while an older one is under way", func(t *testing.T) {
		t.Parallel()
		w := newWorld(t)
		p := w.process()
		w.find("B", found)
		a, b := p.begin(under("A", "r")), p.begin(under("B", "r"))
		b(answered) // A may be about to be credited
		p.wantTold("B: unknown, A: open")
		a(answered)
		w.step(2 * time.Minute)
		p.wantTold("B: already existed, A: done")
	})
	t.Run("answered after an older one was abandoned", func(t *testing.T) {
		t.Parallel()
		w := newWorld(t)
		w.abandon(under("A", "r"))
		p := w.process()
		p.begin(under("B", "r"))(answered)
		p.wantTold("B: done, A: open")
		w.find("A", found)
		w.step(2 * time.Minute)
		p.wantTold("B: done, A: already existed")
	})
	t.Run("answered after an older one was lost", func(t *testing.T) {
		t.Parallel()
		w := newWorld(t)
		p := w.process()
		p.begin(under("A", "r"))(result(fisklapi.Unknown))
		p.begin(under("B", "r"))(answered)
		p.wantTold("B: done, A: unknown")
	})
	t.Run("both lost", func(t *testing.T) {
		t.Parallel()
		w := newWorld(t)
		for _, name := range []string{"A", "B", "C"} {
			w.abandon(under(name, "r")) // nothing can be looked up so far
		}
		for _, name := range []string{"A", "B", "C"} {
			w.find(name, found)
		}
		p := w.process()
		for range 3 {
			w.step(2 * time.Minute)
			p.entries()
		}
		p.wantTold("C: already existed, B: already existed, A: done")
	})
}
