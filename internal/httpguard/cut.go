package httpguard

import (
	"bytes"
	"context"
	"encoding/json"
	"net/http"

	"github.com/fiskl-mcp/fiskl-mcp/internal/httpguard/rpcerror"
)

// statusGone is what nginx writes in its log for a caller who hung up.
const statusGone = 499

// answerUnanswered answers a call that ended with its request's context: the
// library says nothing then, and net/http would make it 200 with an empty body.
// That is the end of a server whose time to stop is over, and of a caller who
// hung up, or who only says that no more will be sent, and still reads.
func (x *exchange) answerUnanswered(ctx context.Context) {
	if !x.message.call() || ctx.Err() == nil {
		return
	}
	refusal := &rpcerror.Refusal{
		Status: statusGone, Code: rpcerror.InternalError, Reason: "gone",
		Message: "the caller hung up before the call was over; whether it changed anything is not known: look before you call again",
	}
	if stopping(ctx) {
		refusal.Status, refusal.Reason = http.StatusInternalServerError, "stopped"
		refusal.Message = "the server was stopped before the call was over; whether it changed anything is not known: look before you call again"
	}
	w := &x.out
	w.mu.Lock()
	defer w.mu.Unlock()
	switch {
	case w.status == 0 || w.held:
		w.status, w.held = refusal.Status, false
		x.refused = refusal
		rpcerror.Write(counted{w}, refusal, x.message.id)
	case w.streams && !w.answered:
		x.refused = refusal
		_ = w.send(errorEvent(refusal, x.message.id)) // a caller who is gone needs no answer
	}
}

// answers reports that an event of a stream is the answer to its call, and
// neither a notification nor a question.
func answers(event []byte) bool {
	_, data, _ := bytes.Cut(event, []byte("data: "))
	var message struct {
		ID     json.RawMessage `json:"id"`
		Method string          `json:"method"`
	}
	return json.Unmarshal(data, &message) == nil && message.ID != nil && message.Method == ""
}

// stopping reports that the server was told to stop.
func stopping(ctx context.Context) bool {
	server, ok := ctx.Value(drainKey{}).(context.Context)
	return ok && server.Err() != nil
}
