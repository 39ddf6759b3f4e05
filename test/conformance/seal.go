package main

import (
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"strings"
)

// progressState is what a tool that asks several times remembers with the
// caller.
type progressState struct {
	Round int    `json:"round"`
	Name  string `json:"name,omitempty"`
	Nonce string `json:"nonce"`
}

// sealer seals states, which callers could change.
type sealer struct{ key []byte }

func newSealer() sealer {
	key := make([]byte, sha256.Size)
	_, _ = rand.Read(key) // never fails
	return sealer{key}
}

// seal writes a state down.
func (s sealer) seal(state progressState) string {
	state.Nonce = rand.Text()
	body, _ := json.Marshal(state) // texts and numbers always can
	encoded := base64.RawURLEncoding.EncodeToString(body)
	return encoded + "." + s.mac(encoded)
}

// open reads a state that nobody changed.
func (s sealer) open(sealed string) (state progressState, ok bool) {
	encoded, mac, _ := strings.Cut(sealed, ".")
	if !hmac.Equal([]byte(mac), []byte(s.mac(encoded))) {
		return progressState{}, false
	}
	body, err := base64.RawURLEncoding.DecodeString(encoded)
	return state, err == nil && json.Unmarshal(body, &state) == nil
}

func (s sealer) mac(text string) string {
	mac := hmac.New(sha256.New, s.key)
	_, _ = mac.Write([]byte(text)) // a hash takes everything
	return base64.RawURLEncoding.EncodeToString(mac.Sum(nil))
}
