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
	if err != nil || res.StatusCode != http.StatusUnauthorized || res.Request == nil {
		return res, err
	}
	again := req.Clone(req.Context())
	if req.Body != nil && req.Body != http.NoBody {
		if req.GetBody == nil {
			return res, nil
		}
		if again.Body, err = req.GetBody(); err != nil {
			return res, nil //nolint:nilerr // the refusal is the answer then
		}
	}
	refused := strings.TrimPrefix(res.Request.Header.Get("Authorization"), "Bearer ")
	other, err := t.source.Renew(req.Context(), refused)
	if err == nil && other.AccessToken == refused {
		return res, nil
	}
	const rest = 64 << 10
	_, _ = io.CopyN(io.Discard, res.Body, rest) // so that the connection serves again
	_ = res.Body.Close()                        // nobody reads it any more
	if err != nil {
		return nil, err
	}
	return t.next.RoundTrip(again)
}
