package principal_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/fiskl-mcp/fiskl-mcp/internal/principal"
)

func TestNone(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		headers []string
		status  int
	}{
		"nothing":              {nil, http.StatusOK},
		"another token":        {[]string{"Authorization", "Bearer x"}, http.StatusOK},
		"another scheme":       {[]string{"Authorization", "Basic ZnNrXzphYmM="}, http.StatusOK},
		"a key":                {[]string{"X-Fiskl-Api-Key", "fsk_canary"}, http.StatusUnauthorized},
		"what may be a key":    {[]string{"X-Fiskl-Api-Key", "canary"}, http.StatusUnauthorized},
		"a key as a bearer":    {[]string{"Authorization", "bearer fsk_canary"}, http.StatusUnauthorized},
		"a key without words":  {[]string{"Authorization", "fsk_canary"}, http.StatusUnauthorized},
		"a key behind nothing": {[]string{"X-Fiskl-Api-Key", "", "X-Fiskl-Api-Key", "fsk_canary"}, http.StatusUnauthorized},
		"two bearers, one key": {[]string{"Authorization", "Bearer x", "Authorization", "Bearer fsk_canary"}, http.StatusUnauthorized},
	} {
		got, who := serve(t.Context(), principal.None(), c.headers...)
		if got.Code != c.status {
			t.Errorf("%s: got %d, want %d", name, got.Code, c.status)
		}
		if taken := who.ID == "local" && who.Write && who.Key.IsZero(); taken != (c.status == http.StatusOK) {
			t.Errorf("%s: got %+v", name, who)
		}
		body := got.Body.String()
		if strings.Contains(body, "canary") || c.status == http.StatusUnauthorized && !strings.Contains(body, "--auth header") {
			t.Errorf("%s: got %s", name, body)
		}
	}
}
