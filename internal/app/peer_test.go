package app

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
)

// peer is a client that speaks one revision of the protocol, to a program in a
// process of its own.
type peer struct {
	*conversation

	modern   bool   // 2026-07-28, and 2025-11-25 otherwise
	declares string // its capabilities
	calls    int
}

// What clients declare.
const (
	asksPeople = `{"elicitation":{}}`
	asksForms  = `{"elicitation":{"form":{},"url":{}}}`
	asksByURL  = `{"elicitation":{"url":{}}}`
	asksNobody = `{}`
)

// eras are the revisions in which a server can ask, and whether they are
// modern.
func eras() map[string]bool { return map[string]bool{"2025-11-25": false, "2026-07-28": true} }

// meet starts the program and shakes hands with it.
func meet(t *testing.T, modern bool, declares string, env []string) *peer {
	t.Helper()
	p := &peer{conversation: launch(t, env, "stdio"), modern: modern, declares: declares}
	if !modern {
		p.send(`{"jsonrpc":"2.0","id":0,"method":"initialize","params":{"protocolVersion":"2025-11-25","capabilities":` + declares + `,"clientInfo":{"name":"test","version":"1"}}}`)
		if got := member(t, p.receive(), "result", "protocolVersion"); got != "2025-11-25" {
			t.Fatalf("the revision is %v", got)
		}
		p.send(`{"jsonrpc":"2.0","method":"notifications/initialized"}`)
	}
	return p
}

// asked is what a call came to that waits for a person.
type asked struct {
	call       int // its id
	tool, args string
	message    string
	schema     any
	id         int    // of the server's request, up to 2025-11-25
	state      string // to come back with the reply, from 2026-07-28 on
}

// form is a question as either revision puts it.
type form struct {
	Method string `json:"method"`
	Params struct {
		Mode            string `json:"mode"`
		Message         string `json:"message"`
		RequestedSchema any    `json:"requestedSchema"`
	} `json:"params"`
}

// answer is what a call came to in the end.
type answer struct {
	call       int
	text       string
	failed     bool
	structured map[string]any
}

// call sends a call with more parameters, if any, and returns its id.
func (p *peer) call(tool, args string, more ...string) int {
	p.t.Helper()
	p.calls++
	params := append([]string{fmt.Sprintf(`"name":%q,"arguments":%s`, tool, args)}, more...)
	if p.modern {
		params = append(params, `"_meta":{"io.modelcontextprotocol/protocolVersion":"2026-07-28","io.modelcontextprotocol/clientCapabilities":`+p.declares+`,"io.modelcontextprotocol/clientInfo":{"name":"test","version":"1"}}`)
	}
	p.send(fmt.Sprintf(`{"jsonrpc":"2.0","id":%d,"method":"tools/call","params":{%s}}`, 100+p.calls, strings.Join(params, ",")))
	return 100 + p.calls
}

// ask makes a call that must come to a question.
func (p *peer) ask(tool, args string, more ...string) asked {
	p.t.Helper()
	q := asked{call: p.call(tool, args, more...), tool: tool, args: args}
	line := p.receive()
	for strings.Contains(line, `"method":"notifications/progress"`) { // to a call with a token
		line = p.receive()
	}
	var said struct {
		form

		ID     int `json:"id"`
		Result struct {
			ResultType    string          `json:"resultType"`
			RequestState  string          `json:"requestState"`
			InputRequests map[string]form `json:"inputRequests"`
		} `json:"result"`
	}
	if err := json.Unmarshal([]byte(line), &said); err != nil {
		p.t.Fatal(err)
	}
	put := said.form
	if p.modern {
		put = said.Result.InputRequests["confirm"]
		q.state = said.Result.RequestState
		if said.ID != q.call || said.Result.ResultType != "input_required" || q.state == "" || len(said.Result.InputRequests) != 1 {
			p.t.Fatalf("%s %s came to %s", tool, args, line)
		}
	}
	if put.Method != "elicitation/create" || put.Params.Message == "" || put.Params.Mode != "" && put.Params.Mode != "form" {
		p.t.Fatalf("%s %s came to %s", tool, args, line)
	}
	q.id, q.message, q.schema = said.ID, put.Params.Message, put.Params.RequestedSchema
	return q
}

// What a client replies to a question, if it can.
const (
	ticked    = `{"action":"accept","content":{"confirm":true}}`
	unticked  = `{"action":"accept","content":{"confirm":false}}`
	declined  = `{"action":"decline"}`
	cancelled = `{"action":"cancel"}`
)

// reply sends what came of a question, and returns the id of the call that it
// is the reply to.
func (p *peer) reply(q asked, result string) int {
	p.t.Helper()
	if p.modern {
		return p.call(q.tool, q.args, `"inputResponses":{"confirm":`+result+`}`, fmt.Sprintf(`"requestState":%q`, q.state))
	}
	p.send(fmt.Sprintf(`{"jsonrpc":"2.0","id":%d,"result":%s}`, q.id, result))
	return q.call
}

// hear receives the answer to a call.
func (p *peer) hear() answer {
	p.t.Helper()
	line := p.receive()
	var said struct {
		ID     int    `json:"id"`
		Method string `json:"method"`
		Result *struct {
			Content []struct {
				Text string `json:"text"`
			} `json:"content"`
			IsError           bool           `json:"isError"`
			StructuredContent map[string]any `json:"structuredContent"`
		} `json:"result"`
	}
	if err := json.Unmarshal([]byte(line), &said); err != nil {
		p.t.Fatal(err)
	}
	if said.Method != "" || said.Result == nil || len(said.Result.Content) == 0 { // links may follow
		p.t.Fatalf("got %s", line)
	}
	return answer{said.ID, said.Result.Content[0].Text, said.Result.IsError, said.Result.StructuredContent}
}

// told makes a call that must come to an answer.
func (p *peer) told(tool, args string, more ...string) answer {
	p.t.Helper()
	id := p.call(tool, args, more...)
	a := p.hear()
	if a.call != id {
		p.t.Errorf("call %d got the answer to %d", id, a.call)
	}
	return a
}

// token is the token of an answer that did nothing and says how to go on.
func (a answer) token(t *testing.T) string {
	t.Helper()
	token, _ := a.structured["confirm_token"].(string)
	if a.failed || token == "" || !strings.HasPrefix(a.text, "Nothing has been ") || !strings.Contains(a.text, token) {
		t.Fatalf("no token in %+v", a)
	}
	return token
}

// undone fails unless an answer says that nothing was done, and why.
func (a answer) undone(t *testing.T, why string) {
	t.Helper()
	if !a.failed || a.structured != nil || !strings.HasPrefix(a.text, "Not done, nothing was changed: ") || !strings.Contains(a.text, why) {
		t.Errorf("got %+v, want not done: %s", a, why)
	}
}

// leave ends the conversation, and the program with it.
func (p *peer) leave() {
	p.t.Helper()
	_ = p.in.Close()
	if code, rest := p.ended(); code != exitOK || rest != "" {
		p.t.Errorf("it ended with status %d and said %q; its log says %s", code, rest, p.log)
	}
}
