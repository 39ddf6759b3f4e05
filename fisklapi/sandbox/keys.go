package sandbox

import (
	"net/http"
	"strings"

	"github.com/fiskl-mcp/fiskl-mcp/fisklapi/sandbox/oauth"
)

// The secrets of the sandbox's API keys.
const (
	KeyOwner       = "fsk_sandboxOwner"
	KeyReadOnly    = "fsk_sandboxReadOnly"
	KeyInvoiceOnly = "fsk_sandboxInvoiceOnly"
	KeyRevoked     = "fsk_sandboxRevoked"
	KeyExpired     = "fsk_sandboxExpired"
)

// What can be said of a key.
const (
	active  = "active"
	revoked = "revoked"
	expired = "expired"
)

// Key is an API key the sandbox knows.
type Key struct {
	Secret      string   `json:"secret"`
	Name        string   `json:"name"`
	Preset      string   `json:"preset"`
	Status      string   `json:"status"` // One of active, revoked and expired.
	Permissions []string `json:"permissions"`

	kind  string // What answers call it.
	actor string // Who the audit trail says made a change with it.
}

// Keys are all keys the sandbox knows, the most powerful first.
func Keys() []Key {
	const key, olivia, theo = "key", "Olivia Harbour (API key)", "Theo Finch (API key)"
	return []Key{
		{KeyOwner, "Sandbox owner", "Owner", active, ownerPermissions(), key, olivia},
		{KeyReadOnly, "Sandbox read-only", "Read-only", active, readOnlyPermissions(), key, olivia},
		{KeyInvoiceOnly, "Sandbox invoicing", "Invoice Only", active, invoiceOnlyPermissions(), key, theo},
		{KeyRevoked, "Old laptop", "Owner", revoked, ownerPermissions(), key, olivia},
		{KeyExpired, "90-day trial", "Owner", expired, ownerPermissions(), key, olivia},
	}
}

// authenticate finds the key or access token a request carries, or says why it is none.
func (s *Server) authenticate(r *http.Request) (Key, error) {
	header := r.Header.Get("Authorization")
	scheme, secret, _ := strings.Cut(header, " ")
	secret = strings.TrimSpace(secret)
	if header == "" || secret == "" || !strings.EqualFold(scheme, "Bearer") {
		return Key{}, problem(http.StatusUnauthorized, "No API key: send it as Authorization: Bearer fsk_...")
	}
	if strings.HasPrefix(secret, oauth.AccessPrefix) {
		return s.connected(secret)
	}
	for _, key := range s.keys() {
		if key.Secret != secret {
			continue
		}
		switch key.Status {
		case revoked:
			return Key{}, problem(http.StatusUnauthorized, "This API key was revoked.")
		case expired:
			return Key{}, problem(http.StatusUnauthorized, "This API key has expired.")
		default:
			return key, nil
		}
	}
	return Key{}, problem(http.StatusUnauthorized, "This API key is not known; it may have been copied only in part.")
}
