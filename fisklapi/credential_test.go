package fisklapi_test

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"golang.org/x/oauth2"

	"github.com/fiskl-mcp/fiskl-mcp/fisklapi"
	"github.com/fiskl-mcp/fiskl-mcp/fisklapi/sandbox"
	"github.com/fiskl-mcp/fiskl-mcp/schemas"
)

// noToken is a token source that has none.
type noToken struct{}

func (noToken) Token() (*oauth2.Token, error) {
	return nil, fmt.Errorf("find a key: %w", &fisklapi.CredentialError{Problem: "Set FISKL_API_KEY."})
}

func TestNoCredential(t *testing.T) {
	t.Parallel()
	world, _ := sandboxed(t, func(o *fisklapi.Options) { o.TokenSource = noToken{} })
	_, read := world.Companies.Fresh(t.Context())
	_, write := world.Features.Request(t.Context(), schemas.NewFeatureRequest{})
	for _, err := range []error{read, write} {
		var e *fisklapi.Error
		if !errors.As(err, &e) || e.Kind != fisklapi.Unauthorized || e.Message != "Set FISKL_API_KEY." || e.OutcomeUnknown {
			t.Errorf("got %+v, want an unauthorized call with the credential's problem", e)
		}
	}
	if sent := world.tape.lines(); len(sent) > 0 {
		t.Errorf("sent %q, want nothing", sent)
	}
}

// TestErrorsHideTheKey looks for the key in every form of every error.
func TestErrorsHideTheKey(t *testing.T) {
	t.Parallel()
	const key = "fsk_verySecret"
	faults := []sandbox.Fault{{Status: 401}, {Status: 403}, {Status: 500}}
	for _, kind := range sandbox.FaultKinds() {
		if kind != sandbox.Hang {
			faults = append(faults, sandbox.Fault{Kind: kind, Times: -1})
		}
	}
	for _, fault := range faults {
		t.Run(fmt.Sprint(fault.Kind, fault.Status), func(t *testing.T) {
			t.Parallel()
			world, _ := faulty(t, fault, withKey(key))
			_, err := world.Clients.List(t.Context(), schemas.ContactFilter{Search: "Acme"})
			if err == nil {
				t.Fatal("got no error")
			}
			for err != nil {
				if s := fmt.Sprintf("%v %+v %#v", err, err, err); strings.Contains(s, "verySecret") {
					t.Errorf("got %s", s)
				}
				err = errors.Unwrap(err)
			}
		})
	}
}

func TestBaseURL(t *testing.T) {
	t.Parallel()
	for base, want := range map[string]string{
		"":                                    "https://api.fiskl.com/v1/company",
		"https://api.example.com":             "https://api.example.com/v1/company",
		"https://api.example.com/":            "https://api.example.com/v1/company",
		"https://api.example.com/v1":          "https://api.example.com/v1/company",
		"https://example.com/fiskl/v1/":       "https://example.com/fiskl/v1/company",
		"http://localhost:8080":               "http://localhost:8080/v1/company",
		"http://127.0.0.1:8080":               "http://127.0.0.1:8080/v1/company",
		"http://[::1]:8080":                   "http://[::1]:8080/v1/company",
		"http://api.fiskl.com":                "",
		"http://127.0.0.1.evil.example":       "",
		"http://127.evil.example":             "",
		"http://localhost.evil.example":       "",
		"http://user@localhost":               "",
		"https://user:password@api.fiskl.com": "",
		"https://api.fiskl.com?x=1":           "",
		"https://api.fiskl.com?":              "",
		"https://api.fiskl.com#x":             "",
		"ftp://api.fiskl.com":                 "",
		"api.fiskl.com":                       "",
		"https://":                            "",
		"https://api.fiskl.com\n":             "",
	} {
		var asked string
		client, err := fisklapi.New(fisklapi.Options{TokenSource: fisklapi.Key("fsk_x"), BaseURL: base, Transport: roundTrip(func(req *http.Request) (*http.Response, error) {
			asked = req.URL.String()
			return nil, &fisklapi.CredentialError{}
		})})
		if want == "" {
			if err == nil {
				t.Errorf("%q was taken", base)
			}
			continue
		}
		if err != nil {
			t.Errorf("%q: %v", base, err)
			continue
		}
		_, _ = client.Companies.Fresh(t.Context())
		if asked != want {
			t.Errorf("%q: asked %s, want %s", base, asked, want)
		}
	}
}

func TestOptions(t *testing.T) {
	t.Parallel()
	if _, err := fisklapi.New(fisklapi.Options{}); err == nil {
		t.Error("a client without a token source was made")
	}
	if _, err := fisklapi.New(fisklapi.Options{TokenSource: fisklapi.Key("x"), MinorUnits: "thousandths"}); err == nil {
		t.Error("minor units that do not exist were taken")
	}
}

// TestReadOnly calls every method on a client that may not write.
func TestReadOnly(t *testing.T) {
	t.Parallel()
	writes := make(map[string]fisklapi.Operation)
	for _, e := range fisklapi.Endpoints() {
		if e.Writes() {
			writes[e.Method+" "+e.Path] = e.Operation
		}
	}
	refused := make(map[fisklapi.Operation]bool)
	for _, m := range everyMethod() {
		world, _ := sandboxed(t, func(o *fisklapi.Options) { o.ReadOnly = true })
		_, err := m.call(t.Context(), world.Client)
		var e *fisklapi.Error
		switch {
		case err == nil:
		case errors.As(err, &e) && e.Kind == fisklapi.ReadOnly && e.Endpoint.Writes():
			refused[e.Endpoint.Operation] = true
		default:
			t.Errorf("%s: got %v, want an answer or a refusal to write", m.name, err)
		}
		for _, one := range world.tape.all() {
			if one.req.Method != http.MethodGet && one.req.URL.Path != "/v1/invoices/preview" {
				t.Errorf("%s sent %s", m.name, one.line())
			}
		}
	}
	for _, operation := range writes {
		if !refused[operation] {
			t.Errorf("%s was not refused", operation)
		}
	}
	if len(writes) != 12 {
		t.Errorf("got %d operations that write, want 12", len(writes))
	}
}

// TestCachedForAWhile counts how often the company is asked for by calls that name it.
func TestCachedForAWhile(t *testing.T) {
	t.Parallel()
	now := noon()
	world, _ := sandboxed(t, func(o *fisklapi.Options) { o.Now = func() time.Time { return now } })
	ask := func(ctx context.Context, want int) {
		t.Helper()
		world.Companies.Today(ctx)
		if _, err := world.Companies.Get(ctx); err != nil {
			t.Error(err)
		}
		if n := len(world.tape.all()); n != want {
			t.Errorf("asked %d times, want %d", n, want)
		}
	}
	ask(t.Context(), 1)
	now = now.Add(9 * time.Minute)
	ask(t.Context(), 1)
	now = now.Add(2 * time.Minute)
	ask(t.Context(), 2)
}

// TestBaseURLWithPassword finds that a password in a base URL is refused and
// not repeated.
func TestBaseURLWithPassword(t *testing.T) {
	t.Parallel()
	_, err := fisklapi.New(fisklapi.Options{TokenSource: fisklapi.Key("fsk_test"), BaseURL: "https://me:hunter2@api.fiskl.com"})
	if err == nil || strings.Contains(err.Error(), "hunter2") {
		t.Errorf("got %v", err)
	}
}
