package doctor_test

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"

	"golang.org/x/oauth2"

	"github.com/fiskl-mcp/fiskl-mcp/fisklapi"
	"github.com/fiskl-mcp/fiskl-mcp/fisklapi/sandbox"
	"github.com/fiskl-mcp/fiskl-mcp/internal/contract"
	"github.com/fiskl-mcp/fiskl-mcp/internal/doctor"
	"github.com/fiskl-mcp/fiskl-mcp/internal/inprocess"
	"github.com/fiskl-mcp/fiskl-mcp/schemas"
)

// keyless is a token source without a token.
type keyless struct{}

func (keyless) Token() (*oauth2.Token, error) {
	return nil, &fisklapi.CredentialError{Problem: "no API key is set. Set one"}
}

// visited looks at books behind an API of which one path answers otherwise.
func visited(t *testing.T, source oauth2.TokenSource, path string, status int, body string) map[string]doctor.Finding {
	t.Helper()
	inside := sandbox.New(sandbox.Options{Now: noon})
	h := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path != path {
			inside.ServeHTTP(w, r)
			return
		}
		w.Header().Set("Content-Type", "application/json")
		w.WriteHeader(status)
		_, _ = fmt.Fprint(w, body)
	})
	api, err := fisklapi.New(fisklapi.Options{TokenSource: source, BaseURL: "http://127.0.0.1", Transport: inprocess.Transport{Handler: h}, Rate: -1, Now: noon})
	if err != nil {
		t.Fatal(err)
	}
	ours, err := contract.Ours()
	if err != nil {
		t.Fatal(err)
	}
	found := make(map[string]doctor.Finding)
	for _, f := range (doctor.Books{API: api, Credential: "It", Anew: "Make one.", Hidden: func([]string) []schemas.HiddenTools { return nil }, Pathless: func([]fisklapi.Operation) []schemas.HiddenTools { return nil }}).Look(t.Context(), ours) {
		found[f.Check] = f
	}
	return found
}

// TestBooks finds what is said of each way in which books cannot be read. What
// Fiskl says of a credential is repeated, but neither the credential itself nor
// what it says of anything else.
func TestBooks(t *testing.T) {
	t.Parallel()
	owner := fisklapi.Key(sandbox.KeyOwner)
	for name, c := range map[string]struct {
		source  oauth2.TokenSource
		path    string
		status  int
		body    string
		check   string
		verdict doctor.Verdict
		says    string
		do      string
	}{
		"good":         {owner, "", 0, "", "credential", doctor.OK, "It: it is valid, and holds 79 permissions.", ""},
		"none":         {keyless{}, "", 0, "", "credential", doctor.Problem, "No API key is set.", "Set one."},
		"revoked":      {fisklapi.Key(sandbox.KeyRevoked), "", 0, "", "credential", doctor.Problem, "It: Fiskl refuses it (HTTP 401: This API key was revoked).", "Make one. "},
		"repeated":     {owner, "/v1/me/permissions", 401, `{"message": "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2ln is bad"}`, "credential", doctor.Problem, "It: Fiskl refuses it (HTTP 401).", "Make one. "},
		"lapsed":       {owner, "/v1/me/permissions", 402, `{"message": "Plan over"}`, "credential", doctor.Problem, "Fiskl refuses the company (HTTP 402: Plan over).", "Renew the plan"},
		"broken":       {owner, "/v1/me/permissions", 500, `{"message": "Acme Ltd"}`, "credential", doctor.Problem, "Whether the credential is valid cannot be told: unavailable (HTTP 500).", "Wait"},
		"not told":     {owner, "/v1/me/permissions", 404, `{}`, "credential", doctor.Note, "It: Fiskl takes it, and does not tell what it may do.", "All tools"},
		"other form":   {owner, "/v1/me/permissions", 200, `{"permissions": 5}`, "credential", doctor.Note, "It: Fiskl takes it", "All tools"},
		"periods gone": {owner, "/v1/date-periods", 404, `{}`, "date periods", doctor.Problem, "There is nothing at GET /v1/date-periods (HTTP 404).", "If listDatePeriods moved: fiskl-mcp contract learn"},
		"no periods":   {owner, "/v1/date-periods", 200, `[]`, "date periods", doctor.Note, "There are none", ""},
		"no clients":   {owner, "/v1/clients", 200, `[]`, "clients", doctor.OK, "The first page can be read; there are none.", ""},
		"forbidden":    {owner, "/v1/clients", 403, `{"message": "Acme Ltd"}`, "clients", doctor.Note, "The credential may not read them.", ""},
		"clients odd":  {owner, "/v1/clients", 200, `{"a": 1}`, "clients", doctor.Problem, "They cannot be read: their form is not understood (HTTP 200).", "Have it taught: fiskl-mcp contract learn"},
		"half clients": {owner, "/v1/clients", 200, `[{"id": 1, "name": "Acme Ltd"`, "clients", doctor.Problem, "They cannot be read: ", "Try again"},
		"differs":      {owner, "/v1/company", 200, `{"id": 1, "name": "Acme Ltd", "currency": "GBP", "vat": 1}`, "contract", doctor.Note, fmt.Sprintf("%[1]d of %[1]d operations that read were compared", len(slices.DeleteFunc(fisklapi.Endpoints(), func(e fisklapi.Endpoint) bool { return e.Method != http.MethodGet }))), "The API is in beta."},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			f := visited(t, c.source, c.path, c.status, c.body)[c.check]
			if f.Verdict != c.verdict || !strings.HasPrefix(f.Says, c.says) || !strings.HasPrefix(f.Do, c.do) || strings.Contains(fmt.Sprint(f), "Acme") || strings.Contains(fmt.Sprint(f), "eyJ") {
				t.Errorf("got %+v", f)
			}
		})
	}
}
