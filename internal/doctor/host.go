package doctor

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"mime"
	"net/http"
	"net/url"
	"time"
)

// Host is the API's host as this machine reaches it.
type Host struct {
	Address   string            // of an operation that every credential may read
	Transport http.RoundTripper // carries the request, without a credential
	Now       func() time.Time

	// Proxy tells which proxy a request goes by; nil means that none does.
	Proxy func(*http.Request) (*url.URL, error)
}

// answerTimeout is how long the host may take to answer.
const answerTimeout = 10 * time.Second

// Look asks the host without a credential, for whatever answers there has yet
// to show that it is the API. It reports whether the key can be sent.
func (h Host) Look(ctx context.Context) (findings []Finding, ok bool) {
	ctx, cancel := context.WithTimeout(ctx, answerTimeout)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, h.Address, http.NoBody)
	if err != nil {
		return []Finding{{Check: hostCheck, Verdict: Problem, Says: "The address of the API cannot be used.", Do: rightBase}}, false
	}
	req.Header.Set("Accept", "application/json")
	req.Header.Set("User-Agent", "fiskl-mcp")
	before := h.Now()
	res, err := h.Transport.RoundTrip(req)
	if err != nil {
		return []Finding{h.unreached(req, err)}, false
	}
	defer func() { _ = res.Body.Close() }() // all that was wanted was read
	body, err := io.ReadAll(io.LimitReader(res.Body, maxRead))
	if err != nil {
		return []Finding{{Check: hostCheck, Verdict: Problem, Says: req.URL.Host + " began to answer and broke off.", Do: "Try again; if it stays so, something between this machine and Fiskl cuts connections."}}, false
	}
	f := h.answered(req.URL.Host, res, body)
	return []Finding{f, clock(before, h.Now(), res.Header.Get("Date"))}, f.Verdict != Problem
}

const (
	hostCheck = "host"
	rightBase = "Set FISKL_BASE_URL to the API's root, https://api.fiskl.com unless Fiskl gave you another, or take it out."

	maxRead = 1 << 20
)

// answered tells the API from whatever else can answer at an address.
func (h Host) answered(host string, res *http.Response, body []byte) Finding {
	f := Finding{Check: hostCheck, Verdict: Problem}
	switch {
	case res.StatusCode >= http.StatusInternalServerError || res.StatusCode == http.StatusTooManyRequests:
		f.Says = fmt.Sprintf("%s answers with HTTP %d: Fiskl, or what stands before it, does not serve requests now.", host, res.StatusCode)
		f.Do = "Wait some minutes and try again."
	case res.StatusCode >= http.StatusMultipleChoices && res.StatusCode < http.StatusBadRequest:
		f.Says = fmt.Sprintf("%s sends callers on to %s, as a web app or a sign-in page does and the API does not.", host, target(res))
		f.Do = rightBase
	case isPage(res):
		f.Says = host + " answers with a web page, as the web app does and the API does not."
		f.Do = rightBase + " If it is right, a proxy or the sign-in page of this network answers in Fiskl's place."
	case !isJSON(res.StatusCode, body):
		f.Says = fmt.Sprintf("%s answers with something that is not JSON (HTTP %d).", host, res.StatusCode)
		f.Do = rightBase
	default:
		return h.api(host, res.StatusCode)
	}
	return f
}

func isPage(res *http.Response) bool {
	kind, _, err := mime.ParseMediaType(res.Header.Get("Content-Type"))
	return err == nil && (kind == "text/html" || kind == "application/xhtml+xml")
}

// isJSON reports an answer of an API. A refusal may come without a word.
func isJSON(status int, body []byte) bool {
	return json.Valid(body) || len(body) == 0 && status >= http.StatusBadRequest
}

// api judges an answer that the API may have given. It should ask for a key.
func (h Host) api(host string, status int) Finding {
	f := Finding{Check: hostCheck, Verdict: OK}
	switch {
	case status == http.StatusUnauthorized || status == http.StatusForbidden:
		f.Says = host + " is reached, and asks for a key as the API does."
	case status == http.StatusNotFound || status == http.StatusMethodNotAllowed:
		f.Verdict, f.Says = Note, fmt.Sprintf("%s is reached and speaks JSON, but has nothing at the address of the date periods (HTTP %d).", host, status)
		f.Do = "See that FISKL_BASE_URL has no path too many. If it has none, Fiskl moved it: " + teach
	case status < http.StatusMultipleChoices:
		f.Verdict, f.Says = Note, host+" is reached and answers without a key, which the API does not."
		f.Do = "See that FISKL_BASE_URL is what you mean."
	default:
		f.Verdict, f.Says = Note, fmt.Sprintf("%s is reached and speaks JSON, but refuses a plain request (HTTP %d).", host, status)
	}
	return f
}

// target is the host that a redirect leads to.
func target(res *http.Response) string {
	to, err := res.Location()
	if err != nil || to.Host == "" {
		return "another address"
	}
	return to.Scheme + "://" + to.Host
}
