package fisklapi_test

import (
	"errors"
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/fiskl-mcp/fiskl-mcp/fisklapi"
	"github.com/fiskl-mcp/fiskl-mcp/internal/inprocess"
	"github.com/fiskl-mcp/fiskl-mcp/schemas"
)

// harbourHouse is how the demo company's client 1024 has its address.
func address(t *testing.T, c *fisklapi.Client, ref string) string {
	t.Helper()
	got, err := c.Clients.Get(t.Context(), schemas.ClientRef{Client: ref})
	if err != nil {
		t.Fatal(err)
	}
	return got.Address
}

func setAddress(ref, to string) schemas.ClientPatch {
	return schemas.ClientPatch{ClientRef: schemas.ClientRef{Client: ref}, ContactPatch: schemas.ContactPatch{Address: &to}}
}

// TestAddressKeepsItsLines writes an address back in each form in which it is shown.
func TestAddressKeepsItsLines(t *testing.T) {
	t.Parallel()
	world, _ := sandboxed(t)
	was := address(t, world.Client, "1024")
	if strings.Count(was, "\n") != 2 {
		t.Fatalf("got %q, want an address of three lines", was)
	}
	for _, given := range []string{was, strings.ReplaceAll(was, "\n", " "), schemas.OneLine(was), schemas.Fence(was)} {
		got, err := world.Clients.Update(t.Context(), setAddress("1024", given))
		if err != nil || !slices.Equal(got.Unchanged, []string{"address"}) || got.Address != was {
			t.Errorf("%q: got %q, unchanged %q and %v", given, got.Address, got.Unchanged, err)
		}
	}
	if n := world.tape.writes(); n != 0 {
		t.Errorf("sent %d writes of what was there already", n)
	}
	got, err := world.Clients.Update(t.Context(), setAddress("1024", strings.ReplaceAll(was, "\n", " ")+", England"))
	if err != nil || got.Address != was+", England" {
		t.Errorf("got %q and %v, want the lines and what was added", got.Address, err)
	}
}

// TestLongNotesKeepTheirTail writes notes back that are longer than they are shown.
func TestLongNotesKeepTheirTail(t *testing.T) {
	t.Parallel()
	world, _ := sandboxed(t)
	for _, long := range []string{strings.Repeat("word and line\n", 243) + "end", strings.Repeat("word and line\n", 1200) + "end"} {
		if _, err := world.Clients.Update(t.Context(), notesOf("1024", long)); err != nil {
			t.Fatal(err)
		}
		shown, err := world.Clients.Get(t.Context(), schemas.ClientRef{Client: "1024"})
		if err != nil {
			t.Fatal(err)
		}
		before := world.tape.writes()
		_, err = world.Clients.Update(t.Context(), notesOf("1024", shown.Notes))
		var refused *schemas.ArgumentError
		switch cut := len(long) > schemas.MaxProse; {
		case cut && (!errors.As(err, &refused) || refused.Argument != "notes" || !strings.Contains(refused.Problem, "rest would be lost")):
			t.Errorf("notes that are shown cut: got %v", err)
		case !cut && (err != nil || shown.Notes != long):
			t.Errorf("notes of %d characters: %d shown, and %v", len(long), len(shown.Notes), err)
		case world.tape.writes() != before:
			t.Errorf("notes of %d characters were written back", len(long))
		}
	}
}

func notesOf(ref, to string) schemas.ClientPatch {
	return schemas.ClientPatch{ClientRef: schemas.ClientRef{Client: ref}, ContactPatch: schemas.ContactPatch{Notes: &to}}
}

func TestClear(t *testing.T) {
	t.Parallel()
	world, _ := sandboxed(t)
	ref := schemas.ClientRef{Client: "1057"}
	got, err := world.Clients.Update(t.Context(), schemas.ClientPatch{ClientRef: ref, Clearing: schemas.Clearing{Clear: []string{"phone", "BCC", "tax_number"}}})
	if err != nil || got.Phone != "" || len(got.BCC) != 0 || got.TaxNumber != "" || got.Email == "" {
		t.Errorf("got %+v and %v", got, err)
	}
	told := slices.Concat(got.Cleared, got.Unchanged)
	if slices.Sort(told); !slices.Equal(told, []string{"bcc", "phone", "tax_number"}) || !slices.Contains(got.Cleared, "tax_number") {
		t.Errorf("told are %q cleared and %q unchanged", got.Cleared, got.Unchanged)
	}
	phone := "1"
	for want, patch := range map[string]schemas.ClientPatch{
		`clear holds "name"; what can be emptied here is: email, phone, address`: {Clearing: schemas.Clearing{Clear: []string{"name"}}},
		"phone is given and also named in clear":                                 {ContactPatch: schemas.ContactPatch{Phone: &phone}, Clearing: schemas.Clearing{Clear: []string{"phone"}}},
	} {
		patch.ClientRef = ref
		if _, err := world.Clients.Update(t.Context(), patch); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("got %v, want %s", err, want)
		}
	}
}

// TestNoTwins makes records that are there already.
func TestNoTwins(t *testing.T) {
	t.Parallel()
	world, _ := sandboxed(t)
	client := func(name, email string) error {
		_, err := world.Clients.Create(t.Context(), schemas.NewClient{NewContact: schemas.NewContact{Name: name, Email: email}})
		return err
	}
	vendor := func(name string) error {
		_, err := world.Vendors.Create(t.Context(), schemas.NewVendor{NewContact: schemas.NewContact{Name: name}})
		return err
	}
	product := func(name string) error {
		_, err := world.Products.Create(t.Context(), schemas.NewProduct{Name: name, Type: "service", Price: "1"})
		return err
	}
	for name, err := range map[string]error{
		"the same name":      client("Northwind Bakery", ""),
		"another case":       client("NORTHWIND bakery", ""),
		"blanks":             client(" North  wind Bakery.", ""),
		"accents":            client("Nórthwind Bäkery", ""),
		"the same e-mail":    client("Somebody else", "Accounts@northwind.example"),
		"an archived client": client("Old Mill Press", ""),
		"a vendor":           vendor("kingsland yard properties ltd."),
		"a product":          product("Brand Strategy Workshop"),
	} {
		if !errors.Is(err, fisklapi.Conflict) || !strings.Contains(err.Error(), "id ") || !strings.Contains(err.Error(), "allow_duplicate") {
			t.Errorf("%s: got %v, want a refusal that names the record", name, err)
		}
	}
	if n := world.tape.writes(); n != 0 {
		t.Errorf("sent %d writes", n)
	}
	again := schemas.NewContact{Name: "Northwind Bakery", Twin: schemas.Twin{AllowDuplicate: true}}
	if got, err := world.Clients.Create(t.Context(), schemas.NewClient{NewContact: again}); err != nil || got.ID == "1035" {
		t.Errorf("got %+v and %v, want a second one on purpose", got, err)
	}
}

func TestNoTwinsAtOnce(t *testing.T) {
	t.Parallel()
	world, _ := sandboxed(t)
	var wait sync.WaitGroup
	errs := make([]error, 4)
	for i := range errs {
		wait.Go(func() {
			_, errs[i] = world.Clients.Create(t.Context(), schemas.NewClient{NewContact: schemas.NewContact{Name: "Zed Ltd"}})
		})
	}
	wait.Wait()
	if n := world.tape.writes(); n != 1 {
		t.Errorf("sent %d writes for one client: %v", n, errs)
	}
}

func TestWrittenOut(t *testing.T) {
	t.Parallel()
	world, _ := sandboxed(t)
	create := func(c schemas.NewContact) error {
		_, err := world.Clients.Create(t.Context(), schemas.NewClient{NewContact: c})
		return err
	}
	note := `Paid by M\u00fcller`
	_, patched := world.Clients.Update(t.Context(), notesOf("1024", note))
	_, line := world.Invoices.Preview(t.Context(), schemas.NewInvoice{Client: "1024", Items: []schemas.Line{{Name: "Smith &amp; Sons", Quantity: "1", Price: "1"}}})
	_, payment := world.Payments.PlanRecord(t.Context(), schemas.NewPayment{InvoiceRef: schemas.InvoiceRef{Invoice: "INV-0145"}, Amount: "1", Note: note})
	for want, err := range map[string]error{
		`name has \u00fc, a character written out, where the character itself is wanted. Probably meant: "Müller"`: create(schemas.NewContact{Name: `M\u00fcller`}),
		`Probably meant: "Smith & Sons"`:           create(schemas.NewContact{Name: "Smith &amp; Sons"}),
		`Probably meant: "1 High Street ⏎ Leeds"`:  create(schemas.NewContact{Name: "A", Address: `1 High Street\nLeeds`}),
		"notes holds only spaces":                  create(schemas.NewContact{Name: "A", Notes: " "}),
		"notes has \\u00fc":                        patched,
		"items[0].name has &amp;":                  line,
		"note has \\u00fc":                         payment,
		"notes is the beginning of a longer text,": create(schemas.NewContact{Name: "A", Notes: schemas.Prose(strings.Repeat("x ", 9000))}),
	} {
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("got %v, want %s", err, want)
		}
	}
	if n := world.tape.writes(); n != 0 {
		t.Errorf("sent %d writes", n)
	}
	got, err := world.Clients.Create(t.Context(), schemas.NewClient{NewContact: schemas.NewContact{Name: "Zed Ltd", Notes: `see C:\new and R&D; "x" ‹y›`, Address: "1 High Street ⏎ Leeds"}})
	if err != nil || got.Notes != `see C:\new and R&D; "x" ‹y›` || got.Address != "1 High Street\nLeeds" {
		t.Errorf("got %+v and %v", got, err)
	}
}

// between lets somebody do something in the app just before an update arrives.
type between struct {
	http.RoundTripper

	once sync.Once
	do   func()
}

func (b *between) RoundTrip(r *http.Request) (*http.Response, error) {
	if r.Method == http.MethodPut {
		b.once.Do(b.do)
	}
	return b.RoundTripper.RoundTrip(r)
}

// TestChangedMeanwhile has an e-mail address changed in the app between the reading of a client and the update of it.
func TestChangedMeanwhile(t *testing.T) {
	t.Parallel()
	theirs, phone, ours := "new@northwind.example", "+44 1", "ours@northwind.example"
	for _, test := range []struct {
		patch schemas.ContactPatch
		says  string
	}{
		{schemas.ContactPatch{Phone: &phone}, `email was changed to "new@northwind.example" (by "`},
		{schemas.ContactPatch{Email: &ours}, `email had been changed from "accounts@northwind.example" to "new@northwind.example"`},
	} {
		app, server := sandboxed(t)
		ref := schemas.ClientRef{Client: "1035"}
		world := connect(t, &between{RoundTripper: inprocess.Transport{Handler: server}, do: func() {
			if _, err := app.Clients.Update(t.Context(), schemas.ClientPatch{ClientRef: ref, ContactPatch: schemas.ContactPatch{Email: &theirs}}); err != nil {
				t.Error(err)
			}
		}})
		got, err := world.Clients.Update(t.Context(), schemas.ClientPatch{ClientRef: ref, ContactPatch: test.patch})
		if err != nil || len(got.Warnings) != 1 || !strings.Contains(got.Warnings[0], test.says) {
			t.Errorf("got %q and %v, want %s", got.Warnings, err, test.says)
		}
	}
	app, _ := sandboxed(t)
	quiet, err := app.Clients.Update(t.Context(), schemas.ClientPatch{ClientRef: schemas.ClientRef{Client: "1024"}, ContactPatch: schemas.ContactPatch{Phone: &phone}})
	if err != nil || len(quiet.Warnings) != 0 {
		t.Errorf("got %q and %v where nobody was there", quiet.Warnings, err)
	}
}
