package oauth_test

import (
	"context"
	"encoding/json"
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"golang.org/x/net/html"
	"golang.org/x/oauth2"

	"github.com/fiskl-mcp/fiskl-mcp/fisklapi/sandbox"
	"github.com/fiskl-mcp/fiskl-mcp/fisklapi/sandbox/oauth"
)

const (
	olivia = "olivia@harbourfinch.example"
	theo   = "theo@harbourfinch.example"
)

// clock is a sandbox's present moment, years away from the machine's.
type clock struct{ ahead atomic.Int64 }

func (c *clock) now() time.Time {
	return time.Date(2031, 5, 6, 7, 8, 9, 0, time.UTC).Add(time.Duration(c.ahead.Load()))
}

func (c *clock) add(d time.Duration) { c.ahead.Add(int64(d)) }

// world is a sandbox that listens, and a person with a browser in front of it.
type world struct {
	clock
	url     string
	box     *sandbox.Server
	browser *http.Client
	config  oauth2.Config
}

func newWorld(t *testing.T) *world {
	t.Helper()
	w := &world{browser: newBrowser(t)}
	w.box = sandbox.New(sandbox.Options{Now: w.now, Empty: true})
	listening := httptest.NewServer(w.box)
	t.Cleanup(listening.Close)
	w.url = listening.URL
	w.config = oauth2.Config{
		ClientID:    sandbox.ClientID,
		RedirectURL: sandbox.RedirectURI,
		Scopes:      []string{"contacts:read", "contacts:write", "reports:read"},
		Endpoint: oauth2.Endpoint{
			AuthURL: w.url + "/oauth/authorize", TokenURL: w.url + "/oauth/token", AuthStyle: oauth2.AuthStyleInParams,
		},
	}
	return w
}

// newBrowser keeps cookies and stops where it is sent elsewhere.
func newBrowser(t *testing.T) *http.Client {
	t.Helper()
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	return &http.Client{Jar: jar, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
}

// page is what a browser shows: a form and text, or where it was sent.
type page struct {
	status   int
	header   http.Header
	location *url.URL
	form     url.Values // As it would be sent with nothing changed, without a button.
	text     string
	body     string
}

func (p page) answer(name string) string {
	if p.location == nil {
		return ""
	}
	return p.location.Query().Get(name)
}

func (w *world) open(t *testing.T, target string) page {
	t.Helper()
	return visit(t, w.browser, http.MethodGet, target, nil)
}

func (w *world) send(t *testing.T, form url.Values) page {
	t.Helper()
	return visit(t, w.browser, http.MethodPost, w.url+"/oauth/authorize", form)
}

func visit(t *testing.T, browser *http.Client, method, target string, form url.Values) page {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), method, target, strings.NewReader(form.Encode()))
	if err != nil {
		t.Fatal(err)
	}
	if method == http.MethodPost {
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	answer, err := browser.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = answer.Body.Close() }()
	body, err := io.ReadAll(answer.Body)
	if err != nil {
		t.Fatal(err)
	}
	p := page{status: answer.StatusCode, header: answer.Header, body: string(body), form: url.Values{}}
	p.location, _ = answer.Location()
	tree, err := html.Parse(strings.NewReader(p.body))
	if err != nil {
		t.Fatal(err)
	}
	p.read(tree)
	return p
}

// read collects text and what a form would send.
func (p *page) read(n *html.Node) {
	if n.Type == html.TextNode && n.Parent.Data != "style" {
		p.text += n.Data + " "
	}
	if n.Type == html.ElementNode && n.Data == "input" {
		at := map[string]string{}
		for _, a := range n.Attr {
			at[a.Key] = a.Val
		}
		if _, checked := at["checked"]; at["type"] != "checkbox" || checked {
			p.form.Add(at["name"], at["value"])
		}
	}
	for child := range n.ChildNodes() {
		p.read(child)
	}
}

func (w *world) signIn(t *testing.T, target, email string) page {
	t.Helper()
	form := w.open(t, target).form
	form.Set("email", email)
	form.Set("password", "sandbox")
	return w.send(t, form)
}

// with and without change a form before it is sent.
func with(form url.Values, name, value string) url.Values {
	form.Set(name, value)
	return form
}

func without(form url.Values, scope string) url.Values {
	form["scope"] = slices.DeleteFunc(form["scope"], func(s string) bool { return s == scope })
	return form
}

// code goes through the pages and answers with a code and the verifier that belongs to it.
func (w *world) code(t *testing.T, email string) (code, verifier string) {
	t.Helper()
	verifier = oauth2.GenerateVerifier()
	agreed := w.signIn(t, w.config.AuthCodeURL("some state", oauth2.S256ChallengeOption(verifier)), email)
	code = w.send(t, with(agreed.form, "answer", "allow")).answer("code")
	if code == "" {
		t.Fatalf("no code; the page before says %q", agreed.text)
	}
	return code, verifier
}

func (w *world) token(t *testing.T, email string) *oauth2.Token {
	t.Helper()
	code, verifier := w.code(t, email)
	token, err := w.config.Exchange(t.Context(), code, oauth2.VerifierOption(verifier))
	if err != nil {
		t.Fatal(err)
	}
	return token
}

// reply is an answer of the token and revocation endpoints.
type reply struct {
	status                               int
	Access                               string `json:"access_token"`
	Refresh                              string `json:"refresh_token"`
	Scope                                string `json:"scope"`
	Error                                string `json:"error"`
	Description                          string `json:"error_description"`
	cacheControl, contentType, bodyBytes string
}

func (w *world) post(t *testing.T, path string, pairs ...string) reply {
	t.Helper()
	return postTo(t, w.url+path, pairs...)
}

func postTo(t *testing.T, target string, pairs ...string) reply {
	t.Helper()
	form := url.Values{}
	for i := 0; i < len(pairs); i += 2 {
		form.Add(pairs[i], pairs[i+1])
	}
	p := visit(t, new(http.Client), http.MethodPost, target, form)
	got := reply{status: p.status, cacheControl: p.header.Get("Cache-Control"), contentType: p.header.Get("Content-Type"), bodyBytes: p.body}
	if p.body != "" && json.Unmarshal([]byte(p.body), &got) != nil {
		t.Fatalf("%s: not JSON: %q", target, p.body)
	}
	return got
}

func (w *world) refresh(t *testing.T, token string) reply {
	t.Helper()
	return w.post(t, "/oauth/token", "grant_type", "refresh_token", "refresh_token", token, "client_id", sandbox.ClientID)
}

// permissions asks the API what an access token may do.
func (w *world) permissions(t *testing.T, access string) (int, []string) {
	t.Helper()
	status, body := w.call(t.Context(), t, access, "/v1/me/permissions")
	var held []string
	if status == http.StatusOK && json.Unmarshal(body, &held) != nil {
		t.Fatalf("permissions: %s", body)
	}
	return status, held
}

func (w *world) call(ctx context.Context, t *testing.T, access, path string) (int, []byte) {
	t.Helper()
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, w.url+path, http.NoBody)
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Authorization", "Bearer "+access)
	answer, err := new(http.Client).Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = answer.Body.Close() }()
	body, err := io.ReadAll(answer.Body)
	if err != nil {
		t.Fatal(err)
	}
	return answer.StatusCode, body
}

func (w *world) counts() oauth.Counts { return w.box.OAuth().Counts() }
