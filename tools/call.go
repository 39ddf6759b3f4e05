package tools

import (
	"cmp"
	"context"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"runtime/debug"
	"slices"
	"strconv"
	"unicode/utf8"

	"github.com/mark3labs/mcp-go/mcp"
	fastjson "github.com/segmentio/encoding/json"

	"github.com/fiskl-mcp/fiskl-mcp/internal/chart"
	"github.com/fiskl-mcp/fiskl-mcp/internal/digest"
	"github.com/fiskl-mcp/fiskl-mcp/internal/writepolicy"
	"github.com/fiskl-mcp/fiskl-mcp/schemas"
)

// Budget is how many characters one answer holds in either of its forms. The
// strictest client cuts at 50,000.
const Budget = 40_000

// Answer is what a call came to, in both its forms, each complete by itself.
type Answer struct {
	Text       string             // a heading and a table
	Structured json.RawMessage    // the same facts; nil for a failure
	Picture    []byte             // a PNG of the same figures, where asked for and possible
	Links      []mcp.ResourceLink // where what it is of can be read again
	Question   *Question          // the person is to be asked first; there is no text then
	Err        error              // why it failed; Text explains it
	Awaits     bool               // nothing was done; the same call with a token would
	Defect     bool               // it failed by a fault of this program's own
}

// Result is the answer in the protocol's words. A failure is text only.
func (a Answer) Result() *mcp.CallToolResult {
	if a.Err != nil {
		return mcp.NewToolResultError(a.Text)
	}
	r := mcp.NewToolResultText(a.Text)
	if a.Picture != nil {
		r.Content = append(r.Content, mcp.NewImageContent(base64.StdEncoding.EncodeToString(a.Picture), "image/png"))
	}
	for _, link := range a.Links {
		r.Content = append(r.Content, link)
	}
	r.StructuredContent = a.Structured
	r.RawStructuredContent = a.Structured
	return r
}

// Members are the members of that result, written as JSON, for those who can
// send them as they are.
func (a Answer) Members() []byte {
	b := make([]byte, 0, len(a.Text)+len(a.Text)/8+len(a.Structured)+base64.StdEncoding.EncodedLen(len(a.Picture))+frameRoom)
	b = fastjson.AppendEscape(append(b, `"content":[{"type":"text","text":`...), a.Text, 0)
	if a.Picture != nil {
		b = base64.StdEncoding.AppendEncode(append(b, `},{"type":"image","mimeType":"image/png","data":"`...), a.Picture)
		b = append(b, '"')
	}
	b = append(b, '}')
	for _, link := range a.Links {
		b = appendLink(b, link)
	}
	b = append(b, ']')
	if a.Err != nil {
		return append(b, `,"isError":true`...)
	}
	return append(append(b, `,"structuredContent":`...), a.Structured...)
}

// appendLink writes what the library makes of a link.
func appendLink(b []byte, link mcp.ResourceLink) []byte {
	b = fastjson.AppendEscape(append(b, `,{"type":"resource_link","uri":`...), link.URI, 0)
	b = fastjson.AppendEscape(append(b, `,"name":`...), link.Name, 0)
	b = fastjson.AppendEscape(append(b, `,"description":"","mimeType":`...), link.MIMEType, 0)
	if link.Size != nil {
		b = strconv.AppendInt(append(b, `,"size":`...), *link.Size, 10)
	}
	return append(b, '}')
}

// frameRoom is room for what stands around an answer.
const frameRoom = 160

// PanicError is a defect of this program that a call ran into.
type PanicError struct {
	Value any
	Stack []byte
}

func (p *PanicError) Error() string { return fmt.Sprintf("panic: %v", p.Value) }

// Call carries the tool out. It never panics and always has a text.
func (t Tool) Call(ctx context.Context, req Request) (a Answer) {
	defer func() {
		if v := recover(); v != nil {
			a = t.failure(&PanicError{Value: v, Stack: debug.Stack()})
		}
	}()
	if t.Effect != Read {
		ctx = writepolicy.WithCall(ctx, writepolicy.Call{Tool: t.Name, Arguments: digest.Of(req.Args)})
	}
	out, err := t.carryOut(ctx, req)
	if err != nil {
		return t.failure(err)
	}
	if q, ok := out.(*Question); ok {
		return Answer{Question: q}
	}
	a, err = t.fit(out, t.company(ctx), t.notes(ctx, out)...)
	if err == nil {
		err = t.tooLong(a)
	}
	if err != nil {
		return t.failure(err)
	}
	a.Links = t.links(out, req.Args)
	if t.charts {
		a.Picture = picture(out)
	}
	if held, ok := out.(schemas.Held); ok {
		a.Awaits = held.Awaits()
	}
	return a
}

// tooLong refuses an answer that is beyond the budget though nothing more can
// be cut. What was done is told at any length.
func (t Tool) tooLong(a Answer) error {
	if t.Effect != Read || max(len(a.Text), len(a.Structured)) <= t.room() {
		return nil // there are no more characters than bytes
	}
	if size := max(utf8.RuneCountInString(a.Text), utf8.RuneCount(a.Structured)); size > t.room() {
		return &lengthError{size}
	}
	return nil
}

// room is how many characters the answer may hold.
func (t Tool) room() int { return cmp.Or(t.budget, Budget) }

// lengthError is an answer of so many characters, which no client would take.
type lengthError struct{ characters int }

func (e *lengthError) Error() string {
	return fmt.Sprintf("the answer would be longer than a client takes (%d characters)", e.characters)
}

// picture draws what can be drawn. An answer is whole without, so a failure
// to draw is no failure of the call.
func picture(out any) []byte {
	charted, ok := out.(schemas.Charted)
	if !ok {
		return nil
	}
	c, worth := charted.Chart()
	if !worth {
		return nil
	}
	b, err := chart.PNG(c)
	if err != nil {
		return nil
	}
	return b
}

func (t Tool) failure(err error) Answer {
	text := t.explain(err)
	if text == "" {
		return Answer{Text: t.defect(), Err: err, Defect: true}
	}
	return Answer{Text: text, Err: err}
}

// fit renders an answer in both forms, cut on a row's edge to the budget.
func (t Tool) fit(out any, company string, more ...note) (Answer, error) {
	for {
		notes := append(slices.Clone(more), note{"amounts_note", t.unsettled(out)})
		structured, err := envelope{notes, company, out}.MarshalJSON()
		if err != nil {
			return Answer{}, err
		}
		text := t.said(out, company) + lines(notes)
		size := t.budgeted(max(len(structured), len(text)), company, more)
		list, ok := out.(schemas.Cuttable)
		if size <= t.room() || !ok || list.Len() <= 1 {
			return Answer{Text: text, Structured: structured}, nil
		}
		list.Cut(round(max(1, min(list.Len()-1, list.Len()*t.room()/size-1))))
	}
}

// round makes whole tens of many rows, so that their number does not hang on a
// few letters more or less in what surrounds them.
func round(rows int) int {
	if rows < 50 {
		return rows
	}
	return rows / 10 * 10
}

// headroom is what is kept for the company's name and for notes, whatever they
// are: how many rows an answer has does not hang on what a company is called.
const headroom = 400

// budgeted is the size that an answer counts as.
func (t Tool) budgeted(size int, company string, more []note) int {
	own := len(company)
	for _, n := range more {
		own += len(n.text)
	}
	return size + max(0, headroom-own)
}

// said is the answer as text. One that did nothing says so in words.
func (t Tool) said(out any, company string) string {
	if held, ok := out.(schemas.Held); ok && held.Plain() != "" {
		return held.Plain()
	}
	return t.layouts.Text(out, company)
}
