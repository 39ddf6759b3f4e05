package app

import (
	"cmp"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/fiskl-mcp/fiskl-mcp/internal/credential"
	"github.com/fiskl-mcp/fiskl-mcp/internal/login"
	"github.com/fiskl-mcp/fiskl-mcp/internal/secret"
)

// newStore is where login saves. It touches nothing.
func newStore(p program, mode credential.Mode, keychain credential.System) *credential.Store {
	folder := ""
	if p.stateDir != "" {
		folder = filepath.Join(p.stateDir, "login")
	}
	return credential.New(credential.Options{Folder: folder, Mode: mode, System: keychain})
}

// applySavedCredentials gives what login saved to every company for which no key is set. Nothing
// is looked at until there is a call. Where callers bring their own keys, ours
// is lent to nobody.
func (c *config) applySavedCredentials() {
	if c.stateDir == "" || c.endpoint.auth == authHeader {
		return
	}
	taken := make(map[string]string)
	for _, one := range c.companies {
		if !one.key.IsZero() {
			taken[one.key.Digest()] = cmp.Or(one.name, credential.DefaultName)
		}
	}
	for i := range c.companies {
		one := &c.companies[i]
		if one.sandbox || one.given().text != "" {
			continue
		}
		one.saved = login.NewSource(login.Options{Store: c.store, Slot: one.slot(), None: one.keyProblem, Taken: taken, Now: c.now})
		one.keyProblem = ""
	}
}

// given is the setting that says which key to use; without a text if none does.
func (c companyConfig) given() value {
	for _, name := range []string{"FISKL_API_KEY", "FISKL_API_KEY_FILE", keyVariable} {
		if v := c.set[name]; v.text != "" {
			return v
		}
	}
	return value{}
}

// slot is where login saves the company's credential.
func (c companyConfig) slot() credential.Slot {
	return credential.Slot{BaseURL: c.root(), Name: c.name}
}

// problem says why calls cannot be made, as far as it can be known without the
// keychain; empty if nothing is known to be wrong.
func (c companyConfig) problem() string {
	if c.keyProblem != "" || c.saved == nil {
		return c.keyProblem
	}
	return c.saved.Problem()
}

// credentialID tells a credential from all others, and does not give it away.
func (c companyConfig) credentialID() string {
	if c.saved == nil {
		return c.key.Digest()
	}
	return "login-" + cmp.Or(c.name, credential.DefaultName) + "-" + c.saved.ID()
}

// opener names what opens the books of a company that cannot be named. It is
// the same after somebody signed in anew, so that limits go on counting.
func (c companyConfig) opener() string {
	if c.saved == nil {
		return "key-" + c.key.Digest()
	}
	return "login-" + cmp.Or(c.name, credential.DefaultName)
}

// signIn is how a person signs in through the browser.
type signIn struct {
	addresses  login.Addresses // without the API's
	clientID   string          // of the app, as it is registered with Fiskl
	secretFile string          // with the app's secret; empty for none
	scopes     []string        // to ask for; empty for all that the API names
	port       int             // on this machine, that the browser comes back to
}

func (r *reading) signIn() signIn {
	return signIn{
		addresses: login.Addresses{
			Issuer:       r.secretAddress("FISKL_OAUTH_ISSUER"),
			AuthorizeURL: r.secretAddress("FISKL_OAUTH_AUTHORIZE_URL"),
			TokenURL:     r.secretAddress("FISKL_OAUTH_TOKEN_URL"),
			RevokeURL:    r.secretAddress("FISKL_OAUTH_REVOKE_URL"),
		},
		clientID:   r.set["FISKL_OAUTH_CLIENT_ID"].text,
		secretFile: r.path("FISKL_OAUTH_CLIENT_SECRET_FILE"),
		scopes:     r.scopes("FISKL_OAUTH_SCOPES"),
		port:       r.port("FISKL_OAUTH_REDIRECT_PORT"),
	}
}

// secretAddress reads an address that secrets are sent to.
func (r *reading) secretAddress(name string) string {
	text := r.set[name].text
	if text == "" {
		return ""
	}
	err := login.CheckURL(text)
	switch {
	case err == nil || r.err != nil:
	case strings.Contains(text, "@"):
		r.err = r.set[name].refused("(not shown, because it may hold a password) " + err.Error())
	default:
		r.refuse(name, err.Error())
	}
	return text
}

// path reads the name of a file that is looked for again from elsewhere.
func (r *reading) path(name string) string {
	v := r.set[name]
	if v.text == "" {
		return ""
	}
	if secret.IsKey(v.text) {
		r.refuse(name, "is not the name of a file")
	}
	path, err := filepath.Abs(v.beside())
	if err != nil {
		r.refuse(name, "cannot be found from here")
	}
	return path
}

func (r *reading) scopes(name string) []string {
	return strings.FieldsFunc(r.set[name].text, func(c rune) bool { return c == ',' || c == ' ' })
}

func (r *reading) port(name string) int {
	n, err := strconv.ParseUint(r.set[name].text, 10, 16)
	if err != nil || n == 0 {
		r.refuse(name, "is not the number of a port")
	}
	return int(n)
}

func (r *reading) tokenStore(name string) credential.Mode {
	mode := credential.Mode(r.set[name].text)
	switch mode {
	case credential.Auto, credential.Keychain, credential.File:
	default:
		r.refuse(name, "is none of auto, keychain, file")
	}
	return mode
}

// keyed says why callers cannot bring keys of their own beside those that are
// set, as a sentence that names the settings; empty when they can.
func (c config) keyed() string {
	if c.endpoint.auth != authHeader {
		return ""
	}
	if len(c.companies) > 1 {
		return "with FISKL_AUTH header every caller's key says which company it is, and the settings file has several. Choose static, or take them out"
	}
	for _, name := range []string{"FISKL_API_KEY", "FISKL_API_KEY_FILE", keyVariable} {
		if v := c.companies[0].set[name]; v.text != "" {
			return "with FISKL_AUTH header every caller brings a key, and " + v.place() + " would be used by nobody. Take it out, or choose static"
		}
	}
	return ""
}

// keyInEnvironment reports an API key that is in the environment or on the
// command line, where a client that starts the program may not have it.
func (c companyConfig) keyInEnvironment() bool {
	key := c.set["FISKL_API_KEY"]
	return key.text != "" && key.file == "" || c.set[keyVariable].text != ""
}
