package httpguard

import (
	"bytes"
	"strconv"
	"strings"

	"github.com/segmentio/encoding/json"

	"github.com/fiskl-mcp/fiskl-mcp/internal/httpguard/rpcerror"
)

// member is one of the members that the guard looks at, as a bit.
type member int

const (
	memberRPC member = 1 << iota
	memberID
	memberMethod
	memberParams
	memberResult
	memberError
	memberName
	memberURI
	memberMeta
	memberVersion
	memberArguments

	memberOther member = 0
)

// metaVersion is where a modern request states its revision.
const metaVersion = "io.modelcontextprotocol/protocolVersion"

// reader reads one message in one pass. The members it looks at must be
// written exactly and once: the library takes "Method" for "method", and of
// two the last, so that otherwise the two could read different messages.
type reader struct {
	message
	body    []byte
	rpc     string
	seen    member
	at      [4]member // what is being read, by depth
	deepest int
}

// read takes a body that is a JSON object.
func (m *reader) read() *rpcerror.Refusal {
	for t := json.NewTokenizer(m.body); t.Next(); {
		if refusal := m.token(t); refusal != nil {
			return refusal
		}
	}
	return m.complain()
}

// token takes one token in.
func (m *reader) token(t *json.Tokenizer) *rpcerror.Refusal {
	switch {
	case t.Depth >= m.deepest:
		return malformed(rpcerror.InvalidRequest, "the body nests deeper than "+strconv.Itoa(m.deepest)+" levels")
	case t.Depth == 0 || t.Depth >= len(m.at):
		return nil
	case t.IsKey:
		return m.key(t.Depth, t.String())
	case t.Delim == 0 || t.Delim == '{' || t.Delim == '[':
		return m.value(t)
	}
	return nil
}

// key takes in the name of a member.
func (m *reader) key(depth int, key []byte) *rpcerror.Refusal {
	found, exact := m.member(depth, key)
	m.at[depth] = found
	switch {
	case found == memberOther:
		return nil
	case !exact:
		return malformed(rpcerror.InvalidRequest, "names are case-sensitive: a member is misspelt")
	case m.seen&found != 0:
		m.id = nil // whichever of two was meant
		return malformed(rpcerror.InvalidRequest, "the member "+string(key)+" is given twice")
	}
	m.seen |= found
	return nil
}

// named is a member by its name.
type named struct {
	name   string
	member member
}

// member finds a member by its place and name, however its letters are cased.
func (m *reader) member(depth int, key []byte) (found member, exact bool) {
	switch {
	case depth == 1:
		return lookup(key, []named{
			{"jsonrpc", memberRPC},
			{"id", memberID},
			{"method", memberMethod},
			{"params", memberParams},
			{"result", memberResult},
			{"error", memberError},
		})
	case m.at[1] != memberParams:
	case depth == 2:
		return lookup(key, []named{{"name", memberName}, {"arguments", memberArguments}, {"uri", memberURI}, {"_meta", memberMeta}})
	case m.at[2] == memberMeta:
		return lookup(key, []named{{metaVersion, memberVersion}})
	}
	return memberOther, false
}

func lookup(key []byte, among []named) (found member, exact bool) {
	for _, n := range among {
		if string(key) == n.name {
			return n.member, true
		}
	}
	for _, n := range among {
		if strings.EqualFold(string(key), n.name) {
			return n.member, false
		}
	}
	return memberOther, false
}

// value takes in the value of a member.
func (m *reader) value(t *json.Tokenizer) *rpcerror.Refusal {
	at, text := m.at[t.Depth], t.Delim == 0 && t.Value.String()
	switch {
	case at == memberID:
		return m.identify(t)
	case at == memberMethod && !text:
		return malformed(rpcerror.InvalidRequest, "the method must be a string")
	case at == memberParams:
		return params(t)
	case text:
		m.text(at, string(t.String()))
	}
	return nil
}

// params refuses params that are a list or no structure at all.
func params(t *json.Tokenizer) *rpcerror.Refusal {
	if t.Delim == '{' || t.Value.Null() {
		return nil
	}
	return malformed(rpcerror.InvalidParams, "the params must be an object")
}

// identify takes in the id.
func (m *reader) identify(t *json.Tokenizer) *rpcerror.Refusal {
	if t.Delim != 0 || !sound(t.Value) {
		return malformed(rpcerror.InvalidRequest, "the id must be a string or an integer, and neither long nor large")
	}
	m.id = bytes.Clone(t.Value)
	return nil
}

// text takes in a string.
func (m *reader) text(at member, value string) {
	switch at {
	case memberRPC:
		m.rpc = value
	case memberMethod:
		m.method = value
	case memberName:
		m.name = value
	case memberURI:
		m.uri = value
	case memberVersion:
		m.version = value
	default: // no business of the guard's
	}
}

// complain refuses what is no message once all of it is known.
func (m *reader) complain() *rpcerror.Refusal {
	answered := m.seen & (memberResult | memberError)
	switch {
	case m.rpc != "2.0":
		return malformed(rpcerror.InvalidRequest, `the member jsonrpc must be "2.0"`)
	case m.seen&memberMethod != 0 && (m.method == "" || answered != 0):
		return malformed(rpcerror.InvalidRequest, "a message is a request or a response")
	case m.method == "" && (m.id == nil || answered != memberResult && answered != memberError):
		return malformed(rpcerror.InvalidRequest, "a message has a method, or an id and one of result and error")
	}
	return nil
}
