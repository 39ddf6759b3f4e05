package fisklapi

import (
	"context"
	"io"
	"net/http"
	"strings"

	"golang.org/x/oauth2"
)

// Renewer is a token source that may have another token when the API refuses
// one.
type Renewer interface {
	oauth2.TokenSource

	// Renew returns another token than the refused one; the same if there is no
	// other.
	Renew(ctx context.Context, refused string) (*oauth2.Token, error)
}

// renewing sends a request that was refused for its token again, once, if there
// is another token. A 401 says that nothing was done, so that this is safe for
// writes too.
func renewing(source oauth2.TokenSource, signed http.RoundTripper) http.RoundTripper {
	r, ok := source.(Renewer)
	if !ok {
		return signed
	}
	return renewer{r, signed}
}

type renewer struct {
	source Renewer
	next   http.RoundTripper
}

func (t renewer) RoundTrip(req *http.Request) (*http.Response, error) {
	res, err := t.next.RoundTrip(req)
	if err != nil || res.StatusCode != http.StatusUnauthorized {
		return res, err
	}
	again, ok := rewound(req)
	if !ok {
		return res, nil
	}
	other, err := t.other(req.Context(), res)
	if err != nil || !other {
		return verdict(res, err)
	}
	drain(res)
	res, err = t.next.RoundTrip(again)
	if err != nil || res.StatusCode != http.StatusUnauthorized {
		return res, err
	}
	_, err = t.other(req.Context(), res) // it may know why
	return verdict(res, err)
}

// other reports that there is another token than the one that was refused.
func (t renewer) other(ctx context.Context, refusal *http.Response) (bool, error) {
	if refusal.Request == nil {
		return false, nil
	}
	refused := strings.TrimPrefix(refusal.Request.Header.Get("Authorization"), "Bearer ")
	token, err := t.source.Renew(ctx, refused)
	return err == nil && token.AccessToken != refused, err
}

// verdict is the refusal, unless the source says what to do about it.
func verdict(refusal *http.Response, err error) (*http.Response, error) {
	if err == nil {
		return refusal, nil
	}
	drain(refusal)
	return nil, err
}

// rewound is a request that can be sent again.
func rewound(req *http.Request) (*http.Request, bool) {
	again := req.Clone(req.Context())
	if req.Body == nil || req.Body == http.NoBody {
		return again, true
	}
	if req.GetBody == nil {
		return nil, false
	}
	body, err := req.GetBody()
	again.Body = body
	return again, err == nil
}

// drain lets the connection of an answer that nobody reads serve again.
func drain(res *http.Response) {
	const most = 64 << 10
	_, _ = io.CopyN(io.Discard, res.Body, most)
	_ = res.Body.Close()
}
