package login

import (
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"os"
	"strconv"
	"strings"
	"time"

	"golang.org/x/oauth2"

	"github.com/fiskl-mcp/fiskl-mcp/fisklapi"
	"github.com/fiskl-mcp/fiskl-mcp/internal/credential"
	"github.com/fiskl-mcp/fiskl-mcp/internal/secret"
	"github.com/fiskl-mcp/fiskl-mcp/schemas"
)

// answerTimeout is how long the authorization server has for an answer.
const answerTimeout = 30 * time.Second

// client sends what must not go astray: it follows no redirect.
func client(road http.RoundTripper) *http.Client {
	if road == nil {
		own := fisklapi.NewTransport()
		own.DisableKeepAlives = true // one request in a quarter of an hour keeps no connection busy
		road = own
	}
	return &http.Client{
		Transport:     road,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
		Timeout:       answerTimeout,
	}
}

// app is this program as the authorization server knows it, towards one of its
// endpoints.
func app(s credential.Server, endpoint string) (*oauth2.Config, error) {
	if err := checkURL(endpoint); err != nil {
		return nil, fmt.Errorf("the address %w", err)
	}
	c := &oauth2.Config{ClientID: s.ClientID, Endpoint: oauth2.Endpoint{TokenURL: s.TokenURL, AuthStyle: oauth2.AuthStyleInParams}}
	if s.SecretFile == "" {
		return c, nil
	}
	text, err := appSecret(s.SecretFile)
	if err != nil {
		return nil, err
	}
	c.ClientSecret = text.Reveal()
	if s.Basic {
		c.Endpoint.AuthStyle = oauth2.AuthStyleInHeader
	}
	return c, nil
}

// appSecret reads the secret of a confidential client.
func appSecret(path string) (secret.Secret, error) {
	info, err := os.Stat(path)
	if err != nil {
		return secret.Secret{}, fmt.Errorf("the file of FISKL_OAUTH_CLIENT_SECRET_FILE cannot be read: %w", err)
	}
	if !info.Mode().IsRegular() {
		return secret.Secret{}, fmt.Errorf("FISKL_OAUTH_CLIENT_SECRET_FILE: %s is not a file", path)
	}
	if secret.Exposed(path, info, "") {
		return secret.Secret{}, fmt.Errorf("the file %s can be read by others (mode %04o). Run: chmod 600 %s", path, info.Mode().Perm(), path)
	}
	text, err := os.ReadFile(path) //nolint:gosec // the path is the person's own setting
	if err != nil {
		return secret.Secret{}, fmt.Errorf("the file of FISKL_OAUTH_CLIENT_SECRET_FILE cannot be read: %w", err)
	}
	s := secret.New(strings.TrimSpace(string(text)))
	if s.IsZero() {
		return secret.Secret{}, fmt.Errorf("the file %s of FISKL_OAUTH_CLIENT_SECRET_FILE is empty", path)
	}
	return s, nil
}

// CheckURL refuses an address that secrets must not be sent to. The error is a
// clause about the address.
func CheckURL(text string) error {
	u, err := url.Parse(text)
	switch {
	case err != nil || u.Host == "":
		return errors.New("is not of the form https://host/path")
	case u.User != nil:
		return errors.New("must not hold a user or a password")
	case u.Fragment != "":
		return errors.New("must not have a fragment")
	case u.Scheme != "https" && (u.Scheme != "http" || !loopback(u.Hostname())):
		return errors.New("must be https; http is for loopback addresses only")
	default:
		return nil
	}
}

func checkURL(text string) error {
	if err := CheckURL(text); err != nil {
		return fmt.Errorf("%s %w", shown(text), err)
	}
	return nil
}

// shown quotes an address, unless it may hold a secret.
func shown(text string) string {
	if strings.Contains(text, "@") || strings.Contains(text, "fsk_") {
		return "(not shown, because it may hold a secret)"
	}
	return strconv.Quote(text)
}

func loopback(host string) bool {
	ip := net.ParseIP(host)
	return host == "localhost" || ip != nil && ip.IsLoopback()
}

// serverError is what the authorization server refused, or what kept it from
// answering.
type serverError struct {
	code     string // as the server said, such as invalid_grant
	problem  string // a clause
	answered bool   // it refused: nothing was given out
}

func (e *serverError) Error() string { return e.problem }

// explained says what went wrong with a request for tokens. The library's own
// words would quote the whole answer.
func explained(err error) *serverError {
	if e, ok := errors.AsType[*oauth2.RetrieveError](err); ok {
		return answered(e)
	}
	if e, ok := errors.AsType[*url.Error](err); ok {
		where := "the server"
		if u, err := url.Parse(e.URL); err == nil {
			where = u.Host
		}
		switch {
		case e.Timeout():
			return &serverError{problem: where + " did not answer in time"}
		case brokeOff(e):
			return &serverError{problem: where + " broke off before it answered"}
		default:
			return &serverError{problem: where + " could not be reached"}
		}
	}
	if strings.HasPrefix(err.Error(), "oauth2:") {
		return &serverError{problem: "the answer is not of the form that OAuth wants"}
	}
	return &serverError{problem: err.Error(), answered: true} // it was never sent
}

// brokeOff tells a connection that was there from one that never was.
func brokeOff(err error) bool {
	e, ok := errors.AsType[*net.OpError](err)
	return errors.Is(err, io.EOF) || ok && e.Op == "read"
}

func answered(e *oauth2.RetrieveError) *serverError {
	status := e.Response.StatusCode
	said := schemas.Clean(e.ErrorCode, 60)
	if e.ErrorDescription != "" {
		said += ": " + schemas.Clean(e.ErrorDescription, 200)
	}
	host := e.Response.Request.URL.Host
	switch {
	case status >= 300 && status < 400:
		return &serverError{problem: host + " answered with a redirect, which is not followed", answered: true}
	case status >= 500 || status == http.StatusTooManyRequests:
		return &serverError{problem: fmt.Sprintf("%s failed (HTTP %d)", host, status), code: e.ErrorCode}
	case said == "":
		return &serverError{problem: fmt.Sprintf("%s refused (HTTP %d)", host, status), answered: true}
	default:
		return &serverError{problem: fmt.Sprintf("%s refused (%s)", host, said), code: e.ErrorCode, answered: true}
	}
}
