package tools

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/fiskl-mcp/fiskl-mcp/fisklapi"
	"github.com/fiskl-mcp/fiskl-mcp/internal/export"
	"github.com/fiskl-mcp/fiskl-mcp/internal/journal"
	"github.com/fiskl-mcp/fiskl-mcp/internal/mailbox"
	"github.com/fiskl-mcp/fiskl-mcp/internal/seal"
	"github.com/fiskl-mcp/fiskl-mcp/internal/writepolicy"
)

// guarded explains why a write was not let through; empty for other failures.
func (t Tool) guarded(err error) string {
	var refused *writepolicy.Error
	var unwritten *journal.Error
	var file *export.Error
	var token *seal.Error
	var stale *staleError
	var declined *declinedError
	var dry *writepolicy.DryRunError
	switch {
	case errors.As(err, &refused):
		return t.nothing() + sentences(refused.Error())
	case errors.As(err, &unwritten):
		return t.nothing() + sentences(unwritten.Error())
	case errors.As(err, &file):
		return t.nothing() + sentences(file.Error())
	case errors.As(err, &token):
		return t.nothing() + sentences(token.Error(), t.anew())
	case errors.As(err, &stale):
		return t.nothing() + sentences(stale.Error(), t.anew())
	case errors.As(err, &declined):
		return t.nothing() + declined.reply.refusal()
	case errors.As(err, &dry):
		return "Dry run, nothing was changed: " + sentences(t.would(dry.Write))
	default:
		return t.unasked(err)
	}
}

// unasked explains why a person was not even asked; empty for other failures.
func (t Tool) unasked(err error) string {
	if person, ok := errors.AsType[*personError](err); ok {
		return t.nothing() + sentences(person.Error())
	}
	if address, ok := errors.AsType[*mailbox.Error](err); ok {
		return t.nothing() + sentences(address.Error(), "Correct it with update_client, or in the Fiskl app")
	}
	return ""
}

// refusal says why a reply is not a yes.
func (r Reply) refusal() string {
	const otherwise = "whoever set this server up can choose FISKL_CONFIRM=token."
	switch {
	case r.Typed:
		return "you did not type yes."
	case r.Failed:
		return "the client says that it can ask the person, and failed to. If that stays so, " + otherwise
	case r.Declined:
		return "the person said no, or closed the question. Do not try again unless they ask for it. If nobody was asked, the client answered by itself: " + otherwise
	default:
		return "the person did not tick the box that says yes. Do not try again unless they ask for it."
	}
}

// would says what a write that was not sent was about to do.
func (t Tool) would(w fisklapi.Write) string {
	verb := map[Effect]string{Create: "add", Update: "change"}[t.Effect]
	s := fmt.Sprintf("%s would %s %s %s", t.Name, verb, w.Noun, quote(w.Name))
	if w.ID != "" {
		s += fmt.Sprintf(" (id %s)", w.ID)
	}
	if len(w.Sets) > 0 {
		s += ": " + strings.Join(slices.Sorted(maps.Keys(w.Sets)), ", ")
	}
	return s
}

// anew says how to get a token that holds.
func (t Tool) anew() string {
	if t.Name == createInvoice {
		return "Call preview_invoice again and show the person what comes out"
	}
	return "Call " + t.Name + " again, as at first, and show the person what comes out"
}
