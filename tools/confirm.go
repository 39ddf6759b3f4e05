package tools

import (
	"context"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/fiskl-mcp/fiskl-mcp/fisklapi"
	"github.com/fiskl-mcp/fiskl-mcp/internal/seal"
	"github.com/fiskl-mcp/fiskl-mcp/internal/writepolicy"
	"github.com/fiskl-mcp/fiskl-mcp/schemas"
)

// Confirm is how a person's yes is had for what cannot be taken back.
type Confirm string

// The ways to confirm.
const (
	ConfirmPerson Confirm = "person" // of every write the client asks the person; where it cannot, nothing is written
	ConfirmAsk    Confirm = "ask"    // the client asks the person; where it cannot, by token
	ConfirmToken  Confirm = "token"  // always by a token and a second call
	ConfirmOff    Confirm = "off"    // nobody is asked
)

// confirmLife is how long a person may take.
const confirmLife = 15 * time.Minute

// confirmable are arguments that name one invoice and may bring a token.
type confirmable[In any] interface {
	*In
	Ref() string
	Pin(id schemas.ID)
	Token() string
}

// plan checks a write against what Fiskl holds.
type plan[In, Out any] = func(context.Context, In) (fisklapi.Pending[Out], error)

// outcome lays out what came of a plan: what was done, or that nothing was.
type outcome[Out, Res any] = func(schemas.Unconfirmed, fisklapi.Pending[Out], Out) Res

// confirmed is a tool that does what it says only with a person's yes.
func confirmed[In, Out, Res any, P confirmable[In]](t Tool, prepare plan[In, Out], lay outcome[Out, Res]) Tool {
	t.input, t.output = schemas.Input[In], schemas.Output[Res]
	t.run = func(ctx context.Context, t Tool, req Request) (any, error) {
		var in In
		if err := t.arguments.Into(req.Args, &in); err != nil {
			return nil, err
		}
		ref := P(&in).Ref()
		yes, err := t.gate.confirmation(t.Name, req, P(&in).Token())
		if err != nil {
			return nil, err
		}
		if yes != nil && yes.Record != 0 {
			P(&in).Pin(schemas.ID(strconv.FormatInt(yes.Record, 10))) // what was agreed to is read by its id
		}
		pending, err := prepare(ctx, in)
		if err != nil {
			return nil, err
		}
		return pass(ctx, t, req, yes, ref, pending, lay)
	}
	return t
}

// pass does what was agreed to, or asks for the person's yes.
func pass[Out, Res any](ctx context.Context, t Tool, req Request, yes *seal.Opened, ref string, p fisklapi.Pending[Out], lay outcome[Out, Res]) (any, error) {
	var none Out
	shown, bound, err := t.show(ctx, p.Write, p.Invoice, p.Details)
	if err != nil {
		return nil, err
	}
	switch {
	case t.gate.dryRun:
		out := lay(schemas.Unconfirmed{NotDone: "Dry run: " + shown.text()}, p, none)
		return &out, nil
	case yes != nil:
		ctx = writepolicy.WithConfirmation(ctx, yes.ID)
		if err := t.gate.check(ctx, p.Write, yes.ID); err != nil {
			return nil, err // among others, that the yes is spent: more to the point than that the invoice changed by it
		}
		if err := agrees(*yes, ref, bound); err != nil {
			return nil, err
		}
	case t.gate.mode != ConfirmOff:
		return t.gate.ask(ctx, t, req, p.Write, bound, shown, func(u schemas.Unconfirmed) any {
			out := lay(u, p, none)
			return &out
		})
	}
	done, err := p.Do(ctx)
	out := lay(schemas.Unconfirmed{}, p, done)
	return &out, err
}

// show describes a write to an invoice, and binds it to all that is shown: the
// write it returns has what was changed of the invoice and its client lately in
// its state.
func (t Tool) show(ctx context.Context, w fisklapi.Write, i schemas.Invoice, details []fisklapi.Detail) (description, fisklapi.Write, error) {
	before, err := t.gate.lately(ctx, w)
	if err != nil {
		return description{}, w, err
	}
	shown, err := describe(ctx, t, w, i, details)
	if err != nil {
		return description{}, w, err
	}
	if w.Unseen && t.gate.mode != ConfirmOff && !t.gate.dryRun {
		return description{}, w, &writepolicy.Error{Problem: "whether copies go to cc and bcc addresses cannot be read with this credential (client.read), so nobody could be shown who gets this e-mail"}
	}
	shown.before(before, t.gate.now())
	return shown, boundTo(w, before), nil
}

// ask asks the person, in the way that the client allows, unless the write
// would be refused even so.
func (g *confirmer) ask(ctx context.Context, t Tool, req Request, w, bound fisklapi.Write, shown description, lay func(schemas.Unconfirmed) any) (any, error) {
	if err := g.check(ctx, w, ""); err != nil {
		return nil, err
	}
	if g.asks(req) {
		return g.question(t, bound, shown)
	}
	purpose := seal.Confirm
	if req.Unable {
		purpose = seal.Unasked
	}
	u, err := g.requireConfirmation(t, bound, shown, purpose)
	if err != nil {
		return nil, err
	}
	return lay(u), nil
}

// agrees holds what would be done now against what the person agreed to.
func agrees(yes seal.Opened, ref string, w fisklapi.Write) error {
	ref = strings.TrimSpace(ref)
	switch {
	case !w.ID.Is(ref) && !strings.EqualFold(ref, w.Name):
		return &staleError{fmt.Sprintf("the person agreed to something else: invoice %s and not %s", numbered(w.Name), quote(ref))}
	case !yes.Covers(w.Content):
		return &staleError{"the person agreed to other arguments, or to another day's date, or an address or account that they were shown was changed since"}
	case !yes.Stands(w.State):
		return &staleError{fmt.Sprintf("invoice %s has changed since the person agreed (%s now). If this call is a repeat, that may be its own doing: see list_agent_actions first", numbered(w.Name), w.Before)}
	default:
		return nil
	}
}

// staleError is a yes to something other than what would be done now.
type staleError struct{ problem string }

func (e *staleError) Error() string { return e.problem }

// declinedError is anything but a yes.
type declinedError struct{ reply Reply }

func (*declinedError) Error() string { return "the person did not agree" }

// confirmation opens the yes that a call brings; nil when it brings none.
func (g *confirmer) confirmation(tool string, req Request, token string) (*seal.Opened, error) {
	purpose, given := seal.Confirm, token
	if g.asks(req) {
		if token != "" {
			return g.fallenBack(tool, token)
		}
		if req.Reply == nil || req.State == "" {
			return nil, nil //nolint:nilnil // no yes, and nothing wrong with that
		}
		if !req.Reply.Agreed || req.Reply.Declined {
			return nil, &declinedError{*req.Reply}
		}
		purpose, given = seal.Ask, req.State
	}
	if given == "" || g.dryRun {
		return nil, nil //nolint:nilnil // as above
	}
	opened, err := g.open(given, purpose, tool)
	if err != nil {
		return nil, err
	}
	return &opened, nil
}

// fallenBack opens a token that a client brings which declared that it can ask:
// it got one only if it answered that it cannot.
func (g *confirmer) fallenBack(tool, token string) (*seal.Opened, error) {
	opened, err := g.open(token, seal.Unasked, tool)
	if err != nil || g.mode == ConfirmPerson {
		return nil, &schemas.ArgumentError{Argument: "confirm_token", Problem: "is not for this client, which asks the person itself; leave it out"}
	}
	return &opened, nil
}

// sealed binds a token to a write and the record as it stands.
func (g *confirmer) sealed(p seal.Purpose, tool string, w fisklapi.Write) (string, error) {
	return g.seal(seal.Claims{Purpose: p, Tool: tool, Content: w.Content, State: w.State, Record: number(w.ID)}, confirmLife)
}

// number is an id as a token has room for it; 0 for one that is no number. Then
// the invoice is looked up anew as it was named, and that it is the one agreed
// to shows in the content, which holds its id.
func number(id schemas.ID) int64 {
	n, err := strconv.ParseInt(string(id), 10, 64)
	if err != nil || n < 0 {
		return 0
	}
	return n
}

// question asks the person through the client.
func (g *confirmer) question(t Tool, w fisklapi.Write, d description) (*Question, error) {
	state, err := g.sealed(seal.Ask, t.Name, w)
	if err != nil {
		return nil, err
	}
	return &Question{Message: d.message(), Label: d.label, State: state}, nil
}

// requireConfirmation does nothing and says how to go on once the person agreed.
func (g *confirmer) requireConfirmation(t Tool, w fisklapi.Write, d description, purpose seal.Purpose) (schemas.Unconfirmed, error) {
	token, err := g.sealed(purpose, t.Name, w)
	if err != nil {
		return schemas.Unconfirmed{}, err
	}
	expires := g.now().Add(confirmLife).UTC()
	text := fmt.Sprintf("%s\nShow this to the person. If they agree, call %s again with the same arguments and confirm_token %q (once, until %s UTC, and only while the invoice stays as it is).",
		d.text(), t.Name, token, expires.Format("15:04"))
	return schemas.Unconfirmed{NotDone: text, ConfirmToken: token, Expires: expires.Format(time.RFC3339)}, nil
}
