package httpguard

import (
	"context"
	"encoding/json"
	"errors"
	"math/rand/v2"
	"net/http"
	"strconv"
	"sync"

	"github.com/mark3labs/mcp-go/mcp"
	"github.com/mark3labs/mcp-go/server"

	"github.com/fiskl-mcp/fiskl-mcp/internal/httpguard/rpcerror"
)

// What becomes of a question that gets no reply.
var (
	// errNoReply is for a client that answers a question with an error.
	errNoReply = errors.New("httpguard: the client could not put the question")
	// ErrManyQuestions is for a caller who leaves too many unanswered.
	ErrManyQuestions = errors.New("too many questions to the person are open; answer those first")
	// ErrLargeQuestion is for a call that would hold memory of all callers for
	// as long as a person takes.
	ErrLargeQuestion = errors.New("the arguments are too large for a call that waits for a person")
	// ErrStopping is for a server that will not be there for the reply.
	ErrStopping = errors.New("the server is stopping and cannot wait for the person; call again in a moment")
)

// ReplyError is a client's answer to a question that is an error.
type ReplyError struct {
	Code    int    `json:"code"`
	Message string `json:"message"`
}

func (e *ReplyError) Error() string {
	return "httpguard: the client could not put the elicitation: " + e.Message
}

// Unknown reports a client that has no such method.
func (e *ReplyError) Unknown() bool { return e.Code == rpcerror.MethodNotFound }

// Ask has a client of an era before 2026-07-28 put a form to the person, and
// waits for the reply. Behind the guard the question leaves on the stream of
// ctx's request, and the guard files the reply under the question: the library
// files it under whichever call of the session asked first, and has nobody to
// give it to once that call is over.
//
// While it waits, the call gives its place among the calls of its caller to
// another: a person takes their time. Questions have places of their own.
func Ask(ctx context.Context, params mcp.ElicitationParams) (*mcp.ElicitationResult, error) {
	x := from(ctx)
	if x == nil || x.session == "" {
		return server.ServerFromContext(ctx).RequestElicitation(ctx, mcp.ElicitationRequest{Params: params})
	}
	resume, err := x.pause()
	if err != nil {
		return nil, err
	}
	defer resume(ctx)
	id, replied := x.guard.questions.open(x.session)
	defer x.guard.questions.close(x.session, id)
	request, err := json.Marshal(mcp.JSONRPCRequest{
		JSONRPC: mcp.JSONRPC_VERSION, ID: mcp.NewRequestId(id),
		Request: mcp.Request{Method: string(mcp.MethodElicitationCreate)}, Params: params,
	})
	if err != nil {
		return nil, err
	}
	if err := x.send(request); err != nil {
		return nil, err
	}
	ctx, cancel := endWithDrain(ctx)
	defer cancel()
	select {
	case reply := <-replied:
		return readReply(reply)
	case <-ctx.Done():
		if stopping(ctx) {
			return nil, ErrStopping
		}
		return nil, ctx.Err()
	}
}

// pause gives the call's place back for as long as a question is open, and
// takes one of those for questions. resume undoes it. It waits as long as ctx
// lasts, because to turn the call away now would lose what the person said.
func (x *exchange) pause() (resume func(ctx context.Context), err error) {
	if x.held > 0 {
		return nil, ErrLargeQuestion
	}
	if x.slot == nil {
		return func(context.Context) {}, nil
	}
	who := x.slot
	select {
	case who.questions <- struct{}{}:
	default:
		return nil, ErrManyQuestions
	}
	who.leave()
	x.slot = nil
	return func(ctx context.Context) {
		<-who.questions
		select {
		case who.slots <- struct{}{}:
			x.slot = who
		case <-ctx.Done():
		}
	}, nil
}

// send sends a message while no notification is under way.
func (x *exchange) send(message []byte) error {
	x.notifying.Lock()
	defer x.notifying.Unlock()
	return x.out.event(message)
}

func readReply(raw []byte) (*mcp.ElicitationResult, error) {
	var reply struct {
		Result *mcp.ElicitationResult `json:"result"`
		Error  *ReplyError            `json:"error"`
	}
	if err := json.Unmarshal(raw, &reply); err != nil {
		return nil, err
	}
	if reply.Error != nil {
		return nil, reply.Error
	}
	if reply.Result == nil {
		return nil, errNoReply
	}
	return reply.Result, nil
}

// unasked refuses the reply to a question that nobody waits for here: another
// replica does, or nobody any more.
func (x *exchange) unasked() *rpcerror.Refusal {
	id, _ := strconv.ParseInt(string(x.message.id), 10, 64) // another id is none of ours
	if x.session == "" || x.message.method != "" || id < firstQuestion {
		return nil
	}
	return &rpcerror.Refusal{Status: http.StatusNotFound, Reason: "session", Message: "nobody waits for a reply to this question here"}
}

// question is one that a session was asked, by its id as written.
type question struct{ session, id string }

// firstQuestion is the least id of one. The library numbers its own requests
// from 1. Which id it is above that is left to chance, so that a reply that
// came to the wrong replica is not taken for one to another question.
const firstQuestion = 1 << 32

// questions are all that have no reply yet.
type questions struct {
	mu      sync.Mutex
	waiting map[question]chan []byte
}

func newQuestions() *questions { return &questions{waiting: make(map[question]chan []byte)} }

// open makes the id of a question and the channel of its reply.
func (qs *questions) open(session string) (id int64, replied <-chan []byte) {
	qs.mu.Lock()
	defer qs.mu.Unlock()
	id = firstQuestion + rand.Int64N(largestID-firstQuestion) //nolint:gosec // it is no secret: the session is
	reply := make(chan []byte, 1)
	qs.waiting[question{session, strconv.FormatInt(id, 10)}] = reply
	return id, reply
}

func (qs *questions) close(session string, id int64) {
	qs.mu.Lock()
	defer qs.mu.Unlock()
	delete(qs.waiting, question{session, strconv.FormatInt(id, 10)})
}

// take reports that an exchange brought the reply to a question of its own
// session, and hands it over. A second reply to it goes nowhere.
func (qs *questions) take(x *exchange) bool {
	if x.session == "" || x.message.method != "" || x.message.id == nil {
		return false
	}
	qs.mu.Lock()
	defer qs.mu.Unlock()
	q := question{x.session, string(x.message.id)}
	reply, ok := qs.waiting[q]
	if ok {
		delete(qs.waiting, q)
		reply <- x.raw
	}
	return ok
}

// Unasked reports that a question was not put, or is not waited for, for a
// reason on this side. The error says it in words for the caller.
func Unasked(err error) bool {
	return errors.Is(err, ErrManyQuestions) || errors.Is(err, ErrLargeQuestion) || errors.Is(err, ErrStopping)
}
