package stdio

import (
	"bufio"
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"strings"
)

// MaxLine is how long a line may be without its end, in bytes: as long as a
// request over HTTP.
const MaxLine = 1 << 20

// The codes of JSON-RPC for what is no JSON and what is no message.
const (
	parseError     = -32700
	invalidRequest = -32600
)

// lines are those of the input.
type lines struct{ *bufio.Reader }

// next reads a line with its end. Of one that is too long it keeps nothing but
// what is needed to answer it.
func (l lines) next() (line []byte, long *glance, err error) {
	for {
		part, err := l.ReadSlice('\n')
		more := errors.Is(err, bufio.ErrBufferFull)
		if more {
			err = nil
		}
		switch {
		case long != nil:
			long.read(part)
		case len(line)+len(bytes.TrimSuffix(part, []byte("\n"))) > MaxLine:
			long = &glance{}
			long.read(line)
			long.read(part)
			line = nil
		default:
			line = append(line, part...)
		}
		if !more {
			return line, long, err
		}
	}
}

// refuse answers a line that is too long. Where it is the reply to a question,
// it is the library that is told, so that nothing waits for it for ever; a
// notification is answered by nobody.
func (s *session) refuse(long *glance, feed func([]byte) error) error {
	id, method := long.message()
	if id == "" && method {
		return nil
	}
	answer := fault(id, invalidRequest, "the message is larger than "+strconv.Itoa(MaxLine)+" bytes and was not read")
	if id != "" && !method {
		return feed(answer)
	}
	_ = s.put(answer) // that nobody reads ends the conversation
	return nil
}

// fault is an error that answers a message; id is empty where it is not known.
func fault(id string, code int, message string) []byte {
	return fmt.Appendf(nil, `{"jsonrpc":"2.0","id":%s,"error":{"code":%d,"message":%q}}`+"\n", cmp.Or(id, "null"), code, message)
}

// glance finds the id of a message, and whether it has a method, without
// keeping the message.
type glance struct {
	depth             int
	text, escaped     bool // within a string, after a backslash
	word              []byte
	key               string
	id                string
	ids, methods, odd int
}

// longestWord is how much is kept of a key or a value: no id that comes back
// as it was is longer.
const longestWord = 256

func (g *glance) read(part []byte) {
	for _, c := range part {
		switch {
		case g.text:
			g.within(c)
		case bytes.IndexByte([]byte(" \t\r\n"), c) >= 0:
		default:
			g.between(c)
		}
	}
}

// within reads on in a string.
func (g *glance) within(c byte) {
	g.keep(c)
	switch {
	case g.escaped:
		g.escaped = false
	case c == '\\':
		g.escaped = true
	case c == '"':
		g.text = false
	}
}

// between reads on outside of strings.
func (g *glance) between(c byte) {
	switch c {
	case '{', '[':
		if g.depth == 0 && c == '[' {
			g.odd++ // a batch
		}
		g.keep(c) // so that no object passes for an id
		g.depth++
	case '}', ']':
		g.member()
		g.depth--
	case ',':
		g.member()
	case ':':
		if g.depth == 1 {
			g.key, g.word = string(g.word), nil
		}
	default:
		g.text = c == '"'
		g.keep(c)
	}
}

// keep adds to the key or value of the message itself, up to what is needed to
// see that it is too long.
func (g *glance) keep(c byte) {
	if g.depth == 1 && len(g.word) <= longestWord {
		g.word = append(g.word, c)
	}
}

// member ends a member, if it is one of the message itself.
func (g *glance) member() {
	if g.depth != 1 {
		return
	}
	switch g.key {
	case `"id"`:
		g.id = string(g.word)
		g.ids++
	case `"method"`:
		g.methods++
	}
	g.key, g.word = "", nil
}

// message is the id as written, empty where there is none that could be
// repeated, and whether there is a method.
func (g *glance) message() (id string, method bool) {
	if g.ids == 1 && g.odd == 0 && len(g.id) <= longestWord && json.Valid([]byte(g.id)) && strings.ContainsRune(`"-0123456789`, rune(g.id[0])) {
		id = g.id
	}
	return id, g.methods > 0 && g.odd == 0
}
