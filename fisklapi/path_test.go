//nolint:testpackage // fill is not exported.
package fisklapi

import (
	"net/url"
	"path"
	"strings"
	"testing"
)

// FuzzPath puts anything in place of an id: it is refused, or becomes one segment of a path that has the template's form
// however the path is read.
func FuzzPath(f *testing.F) {
	for _, id := range []string{
		"1024", "", ".", "..", "...", "/", "../../me", "..%2f", "%2e%2e", "a/b", "a\\b", "?x=1", "#x", ";x=1", " ", "\x00", "\n", "é", "\xff", "//", "1024/send", "%", "{id}",
	} {
		f.Add(id)
	}
	f.Fuzz(func(t *testing.T, id string) {
		for _, e := range Endpoints() {
			places := strings.Count(e.Path, "{")
			if places == 0 {
				continue
			}
			ids := make([]string, places)
			for i := range ids {
				ids[i] = id
			}
			filled, err := fill(e.Path, ids)
			if err != nil {
				if id != "" && id != "." && id != ".." {
					t.Errorf("%q was refused: %v", id, err)
				}
				continue
			}
			u, err := url.Parse(DefaultBaseURL + filled)
			if err != nil {
				t.Fatalf("%q made a path that is none: %v", id, err)
			}
			escaped := path.Clean(u.EscapedPath())
			if u.Host != "api.fiskl.com" || u.RawQuery != "" || u.Fragment != "" || escaped != filled {
				t.Errorf("%q made %s", id, u)
			}
			sameForm(t, e.Path, escaped, id)
		}
	})
}

// sameForm holds the segments of a path against its template's.
func sameForm(tb testing.TB, template, filled, id string) {
	tb.Helper()
	got, want := strings.Split(filled, "/"), strings.Split(template, "/")
	if len(got) != len(want) {
		tb.Fatalf("%q made %d segments of %s: %s", id, len(got), template, filled)
	}
	for i := range want {
		plain, err := url.PathUnescape(got[i])
		if err != nil {
			tb.Fatal(err)
		}
		if strings.HasPrefix(want[i], "{") && plain != id || !strings.HasPrefix(want[i], "{") && got[i] != want[i] {
			tb.Errorf("%q made %s of %s", id, filled, template)
		}
	}
}

func TestPathNeedsItsIDs(t *testing.T) {
	t.Parallel()
	for template, ids := range map[string][]string{"/v1/clients/{id}": nil, "/v1/clients": {"1"}, "/v1/audit/{type}/{id}": {"Client"}} {
		if got, err := fill(template, ids); err == nil {
			t.Errorf("%s with %q: got %s, want an error", template, ids, got)
		}
	}
}
