package sandbox_test

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"github.com/fiskl-mcp/fiskl-mcp/fisklapi/sandbox"
	"github.com/fiskl-mcp/fiskl-mcp/fisklapi/sandbox/oauth"
)

const challengeOf = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM" // RFC 7636, appendix B.

// connect signs Olivia in on a handler that nothing listens for, and answers with what the token endpoint says.
func connect(t *testing.T, handler http.Handler, redirect string) map[string]any {
	t.Helper()
	query := url.Values{
		"client_id": {sandbox.ClientID}, "redirect_uri": {redirect}, "response_type": {"code"},
		"code_challenge": {challengeOf}, "code_challenge_method": {"S256"}, "scope": {"contacts:read"},
	}
	first := serve(t, handler, http.MethodGet, "/oauth/authorize?"+query.Encode(), nil, "")
	cookie, _, _ := strings.Cut(first.Header().Get("Set-Cookie"), ";")
	form := url.Values{"visit": {hidden(t, first.Body.String())}, "email": {"olivia@harbourfinch.example"}, "password": {"sandbox"}}
	serve(t, handler, http.MethodPost, "/oauth/authorize", form, cookie)
	form.Set("scope", "contacts:read")
	form.Set("answer", "allow")
	back, err := serve(t, handler, http.MethodPost, "/oauth/authorize", form, cookie).Result().Location()
	if err != nil {
		t.Fatal(err)
	}
	return decoded(t, serve(t, handler, http.MethodPost, "/oauth/token", url.Values{
		"grant_type": {"authorization_code"}, "client_id": {sandbox.ClientID}, "redirect_uri": {redirect},
		"code": {back.Query().Get("code")}, "code_verifier": {"dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"},
	}, ""))
}

func serve(t *testing.T, handler http.Handler, method, target string, form url.Values, cookie string) *httptest.ResponseRecorder {
	t.Helper()
	r := httptest.NewRequestWithContext(t.Context(), method, target, strings.NewReader(form.Encode()))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	if cookie != "" {
		r.Header.Set("Cookie", cookie)
	}
	w := httptest.NewRecorder()
	handler.ServeHTTP(w, r)
	return w
}

func refresh(t *testing.T, handler http.Handler, token any) *httptest.ResponseRecorder {
	t.Helper()
	text, _ := token.(string)
	return serve(t, handler, http.MethodPost, "/oauth/token", url.Values{
		"grant_type": {"refresh_token"}, "refresh_token": {text}, "client_id": {sandbox.ClientID},
	}, "")
}

func decoded(t *testing.T, w *httptest.ResponseRecorder) map[string]any {
	t.Helper()
	var body map[string]any
	if err := json.Unmarshal(w.Body.Bytes(), &body); err != nil {
		t.Fatalf("%d %s: %v", w.Code, w.Body, err)
	}
	return body
}

// hidden is the visit that a page's form belongs to.
func hidden(t *testing.T, body string) string {
	t.Helper()
	tree, err := html.Parse(strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	for n := range tree.Descendants() {
		if n.Data != "input" || len(n.Attr) < 3 || n.Attr[1].Val != "visit" {
			continue
		}
		return n.Attr[2].Val
	}
	t.Fatalf("no form: %s", body)
	return ""
}

func TestControlOfOAuth(t *testing.T) {
	t.Parallel()
	box := empty()
	token := connect(t, box.handler, sandbox.RedirectURI)
	access, _ := token["access_token"].(string)
	app := api{box.handler, access}
	if code, body := app.call(t, http.MethodGet, "/v1/clients", nil); code != http.StatusOK {
		t.Errorf("got %d %s", code, body)
	}
	if code, _ := box.call(t, http.MethodPost, "/sandbox/oauth/expire", nil); code != http.StatusNoContent {
		t.Errorf("got %d", code)
	}
	if code, body := app.call(t, http.MethodGet, "/v1/clients", nil); code != http.StatusUnauthorized || !strings.Contains(string(body), "expired") {
		t.Errorf("got %d %s", code, body)
	}
	if code, body := (api{box.handler, oauth.AccessPrefix + "nonsense"}).call(t, http.MethodGet, "/v1/clients", nil); code != http.StatusUnauthorized {
		t.Errorf("got %d %s", code, body)
	}
	second := decoded(t, refresh(t, box.handler, token["refresh_token"]))
	access, _ = second["access_token"].(string)
	if code, body := (api{box.handler, access}).call(t, http.MethodGet, "/v1/clients", nil); code != http.StatusOK {
		t.Errorf("got %d %s", code, body)
	}
	var counts oauth.Counts
	if _, body := box.call(t, http.MethodGet, "/sandbox/oauth", nil); json.Unmarshal(body, &counts) != nil || counts != (oauth.Counts{Codes: 1, Refreshes: 1}) {
		t.Errorf("got %s", body)
	}
}

func TestFurtherRedirectAddresses(t *testing.T) {
	t.Parallel()
	const further = "http://localhost:9999/elsewhere"
	handler := sandbox.New(sandbox.Options{Now: present, Empty: true, RedirectURIs: []string{further}})
	for _, redirect := range []string{sandbox.RedirectURI, further} {
		if token := connect(t, handler, redirect); token["access_token"] == nil {
			t.Errorf("%s: got %v", redirect, token)
		}
	}
}

// TestFaultsHitTheTokenEndpoint loses answers as a network does.
func TestFaultsHitTheTokenEndpoint(t *testing.T) {
	t.Parallel()
	box := sandbox.New(sandbox.Options{Now: present, Empty: true})
	listening := httptest.NewServer(box)
	t.Cleanup(listening.Close)
	token := connect(t, box, sandbox.RedirectURI)
	box.Inject(sandbox.Fault{Path: "/oauth/token", Status: http.StatusServiceUnavailable})
	if got := refresh(t, box, token["refresh_token"]); got.Code != http.StatusServiceUnavailable {
		t.Errorf("got %d %s", got.Code, got.Body)
	}
	box.Inject(sandbox.Fault{Path: "/oauth/token", Kind: sandbox.UnknownFields})
	second := decoded(t, refresh(t, box, token["refresh_token"]))
	if second["access_token"] == nil || second["sandboxNote"] == nil {
		t.Errorf("got %v", second)
	}
	box.Inject(sandbox.Fault{Path: "/oauth/token", Kind: sandbox.CutAfter})
	r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, listening.URL+"/oauth/token", strings.NewReader(url.Values{
		"grant_type": {"refresh_token"}, "refresh_token": {second["refresh_token"].(string)}, "client_id": {sandbox.ClientID},
	}.Encode()))
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	if answer, err := new(http.Client).Do(r); err == nil {
		_ = answer.Body.Close()
		t.Errorf("got %d, want a cut connection", answer.StatusCode)
	}
	if got := box.OAuth().Counts(); got.Refreshes != 2 {
		t.Errorf("got %+v: the refresh whose answer was lost counts", got)
	}
	if got := refresh(t, box, second["refresh_token"]); got.Code != http.StatusBadRequest {
		t.Errorf("got %d %s", got.Code, got.Body)
	}
}
