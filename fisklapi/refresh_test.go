package fisklapi_test

import (
	"context"
	"errors"
	"io"
	"net/http"
	"strings"
	"testing"

	"golang.org/x/oauth2"

	"github.com/fiskl-mcp/fiskl-mcp/fisklapi"
	"github.com/fiskl-mcp/fiskl-mcp/schemas"
)

// renewable has one token after another.
type renewable struct {
	tokens []string
	asked  []string // the refused ones
	err    error    // when there is none left
}

func (r *renewable) Token() (*oauth2.Token, error) {
	return &oauth2.Token{AccessToken: r.tokens[0], TokenType: "Bearer"}, nil
}

func (r *renewable) Renew(_ context.Context, refused string) (*oauth2.Token, error) {
	r.asked = append(r.asked, refused)
	if len(r.tokens) > 1 {
		r.tokens = r.tokens[1:]
	} else if r.err != nil {
		return nil, r.err
	}
	return r.Token()
}

// TestRenewer finds that a request that is refused for its token is sent again
// once, whole, if there is another token.
func TestRenewer(t *testing.T) {
	t.Parallel()
	ended := &fisklapi.CredentialError{Problem: "Sign in again."}
	for name, c := range map[string]struct {
		source *renewable
		sent   int
		want   string // of the error
	}{
		"good":           {&renewable{tokens: []string{"good"}}, 1, ""},
		"another":        {&renewable{tokens: []string{"old", "good"}}, 2, ""},
		"no other":       {&renewable{tokens: []string{"old"}}, 1, "refused"},
		"ended":          {&renewable{tokens: []string{"old"}, err: ended}, 1, "Sign in again."},
		"another is bad": {&renewable{tokens: []string{"old", "older", "good"}}, 2, "refused"},
		"then ended":     {&renewable{tokens: []string{"old", "older"}, err: ended}, 2, "Sign in again."},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var bodies []string
			w := answered(t, func(w http.ResponseWriter, r *http.Request) {
				body, err := io.ReadAll(r.Body)
				if err != nil {
					t.Error(err)
				}
				bodies = append(bodies, string(body))
				if r.Header.Get("Authorization") != "Bearer good" {
					w.WriteHeader(http.StatusUnauthorized)
					_, _ = io.WriteString(w, `{"message":"refused"}`)
					return
				}
				_, _ = io.WriteString(w, `{"id":5,"title":"Dark mode"}`)
			}, func(o *fisklapi.Options) { o.TokenSource = c.source })
			_, err := w.Features.Request(t.Context(), schemas.NewFeatureRequest{Title: "Dark mode"})
			if len(bodies) != c.sent || bodies[0] == "" || bodies[len(bodies)-1] != bodies[0] {
				t.Errorf("sent %q", bodies)
			}
			if (err == nil) != (c.want == "") || err != nil && !strings.Contains(err.Error(), c.want) {
				t.Fatalf("got %v, want %q", err, c.want)
			}
			if e, ok := errors.AsType[*fisklapi.Error](err); ok && (e.Kind != fisklapi.Unauthorized || e.OutcomeUnknown) {
				t.Errorf("got %+v", e)
			}
			for _, refused := range c.source.asked {
				if refused == "good" || refused == "" {
					t.Errorf("asked for another than %q", refused)
				}
			}
		})
	}
}
