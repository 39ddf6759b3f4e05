package credential_test

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/fiskl-mcp/fiskl-mcp/internal/credential"
)

// TestOneKeyOneName finds that companies cannot be mixed up.
func TestOneKeyOneName(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	s := in(folder, nil, credential.File)
	save(t, s, slot("harbour"), key(apiKey))
	save(t, s, slot("harbour"), key(apiKey)) // again is fine
	_, err := s.Save(t.Context(), slot("acme"), key(apiKey))
	if got := problem(t, err); !strings.HasPrefix(got, "this key is saved for harbour already") || !strings.HasSuffix(got, "(fiskl-mcp logout --profile harbour)") || strings.Contains(got, "canary") {
		t.Errorf("got %q, want that the key is harbour's, a remedy, and no secret", got)
	}
	if _, err := s.Load(t.Context(), slot("acme")); !errors.Is(err, credential.ErrNone) {
		t.Errorf("it was saved all the same: %v", err)
	}
	elsewhere := credential.Slot{BaseURL: "http://127.0.0.1:8790", Name: "acme"}
	save(t, s, elsewhere, key(apiKey)) // another API's keys are others
	if err := s.Delete(t.Context(), slot("harbour")); err != nil {
		t.Fatal(err)
	}
	save(t, s, slot("acme"), key(apiKey))
}

// TestSameCompany finds the other names that open the same books by another
// credential, of whatever kind, and no names of other books or another API.
func TestSameCompany(t *testing.T) {
	t.Parallel()
	s := in(t.TempDir(), newKeychain(), credential.Auto)
	harbour := credential.Company{ID: "7", Name: "Harbour"}
	for _, c := range []struct {
		at   credential.Slot
		of   credential.Company
		want []string
	}{
		{slot("acme"), harbour, nil},
		{slot("acme"), harbour, nil},
		{slot("harbour"), harbour, []string{"acme"}},
		{slot("finch"), credential.Company{ID: "8"}, nil},
		{slot("unknown"), credential.Company{}, nil},
		{slot("as-unknown"), credential.Company{}, nil},
		{credential.Slot{BaseURL: "http://127.0.0.1:8790", Name: "box"}, harbour, nil},
		{slot(""), harbour, []string{"acme", "harbour"}},
	} {
		signedIn := signIn()
		signedIn.Company = c.of
		kept, err := s.Save(t.Context(), c.at, signedIn)
		if err != nil || !slices.Equal(kept.Also, c.want) {
			t.Errorf("%s: got %q, error %v, want %q", c.at.Name, kept.Also, err, c.want)
		}
	}
}
