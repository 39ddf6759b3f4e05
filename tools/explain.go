package tools

import (
	"cmp"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"time"

	"github.com/fiskl-mcp/fiskl-mcp/fisklapi"
	"github.com/fiskl-mcp/fiskl-mcp/internal/bind"
	"github.com/fiskl-mcp/fiskl-mcp/schemas"
)

// Explain says why something could not be read, and what to do about it. It
// has no words for a defect.
func (*Catalog) Explain(err error) string {
	if errors.Is(err, fisklapi.NotFound) {
		if _, api := errors.AsType[*fisklapi.Error](err); !api {
			err = &fisklapi.Error{Kind: fisklapi.NotFound}
		}
	}
	return Tool{Effect: Read}.explain(err)
}

// explain says what happened, whether anything was changed, and what to do
// next. It has no words for a defect.
func (t Tool) explain(err error) string {
	var api *fisklapi.Error
	var argument *schemas.ArgumentError
	var arguments *bind.Error
	var withheld *withheldError
	var length *lengthError
	switch {
	case errors.As(err, &length):
		return t.nothing() + sentences(length.Error(), "Ask for fewer columns or accounts, a shorter period or no detail, or have export_report write all of it to a file")
	case errors.As(err, &withheld):
		return t.nothing() + withheld.Error() + ". Whoever set this server up can change that."
	case t.guarded(err) != "":
		return t.guarded(err)
	case errors.As(err, &arguments):
		return t.nothing() + arguments.Error() + "."
	case errors.As(err, &argument):
		return t.nothing() + argument.Error() + "."
	case errors.As(err, &api) && api.OutcomeUnknown:
		return unknown(api)
	case errors.As(err, &api):
		return t.nothing() + sentences(what(api), next(api))
	default:
		return ""
	}
}

// defect tells of a failure that nobody foresaw. A write may have been carried
// out before it.
func (t Tool) defect() string {
	const ran = "this server ran into a defect of its own; the log on its error output has the details. "
	if t.Effect == Read {
		return t.nothing() + ran + "Trying the same again will not help."
	}
	return "Outcome unknown: " + ran + "Read the record and see whether it was changed before doing anything else."
}

// nothing opens a failure that left the books as they were.
func (t Tool) nothing() string {
	if t.Effect == Read {
		return "No answer: "
	}
	return "Not done, nothing was changed: "
}

// unknown describes a write whose answer was lost. It never says "failed".
func unknown(e *fisklapi.Error) string {
	found := e.Found
	if found == "" {
		found = "Read the record and see whether it was changed before doing anything else."
	}
	if e.Done {
		return sentences("Done, but the result could not be read: "+what(e), found)
	}
	return sentences("Outcome unknown: "+what(e), found)
}

// what says what happened.
func what(e *fisklapi.Error) string {
	switch e.Kind {
	case fisklapi.Forbidden:
		return forbidden(e)
	case fisklapi.Unavailable:
		return unavailable(e)
	case fisklapi.NotFound:
		return cmp.Or(ours(e), "there is no such record, or this credential may not see it"+quoted(e.Message))
	case fisklapi.NoPath:
		return cmp.Or(ours(e), "this API has nothing where that should be")
	case fisklapi.Unauthorized:
		return cmp.Or(ours(e), "Fiskl did not accept the credential"+quoted(e.Message))
	case fisklapi.Ambiguous, fisklapi.Conflict, fisklapi.TooLarge:
		return cmp.Or(ours(e), "Fiskl refused"+quoted(e.Message))
	case fisklapi.Misread:
		return misread(e)
	case fisklapi.Unproven:
		return "Fiskl answered with success, but nothing shows that it was done" + said(e)
	default:
		return cmp.Or(fixed(e.Kind), "Fiskl's answer is of no use ("+string(e.Kind)+")") + said(e)
	}
}

// misread says which answer was not understood. The message is this server's
// own and names members, never what they hold.
func misread(e *fisklapi.Error) string {
	what := "Fiskl answered"
	if e.Endpoint.Path != "" {
		what += " " + e.Endpoint.Method + " " + e.Endpoint.Path
	}
	what += " in a form that is not understood, so no figure of it is shown or used"
	if e.Message != "" {
		what += ": " + e.Message
	}
	return what
}

// said adds a message to a sentence: ours as it is, Fiskl's in quotes.
func said(e *fisklapi.Error) string {
	if own := ours(e); own != "" {
		return ": " + own
	}
	return quoted(e.Message)
}

// ours is the message of an error that this server made itself: it needs no
// quotes.
func ours(e *fisklapi.Error) string {
	if e.Status == 0 || e.Ours || e.Kind == fisklapi.TooLarge {
		return e.Message
	}
	return ""
}

func fixed(k fisklapi.Kind) string {
	return map[fisklapi.Kind]string{
		fisklapi.Subscription: "Fiskl refuses because of the company's plan",
		fisklapi.Invalid:      "Fiskl refused",
		fisklapi.RateLimited:  "Fiskl says that too many requests were made",
		fisklapi.WrongHost:    "a web page or a redirect answered instead of Fiskl's API",
		fisklapi.Unexpected:   "Fiskl answered in a form that this version does not know",
		fisklapi.ReadOnly:     "this server was started read-only",
	}[k]
}

func forbidden(e *fisklapi.Error) string {
	if e.Endpoint.Permission == "" {
		return "Fiskl refused" + quoted(e.Message)
	}
	lacks := fmt.Sprintf("this credential may not do that. It lacks the permission %s (for an OAuth app: scope %s)", e.Endpoint.Permission, e.Endpoint.Scope)
	if e.Ours {
		return lacks + ", or it is not Fiskl that refuses: " + e.Message
	}
	return lacks
}

func unavailable(e *fisklapi.Error) string {
	if e.Status >= http.StatusInternalServerError {
		return fmt.Sprintf("Fiskl failed (HTTP %d)", e.Status)
	}
	return cmp.Or(e.Message, "Fiskl did not answer")
}

// next says what to do about it.
func next(e *fisklapi.Error) string {
	if e.Kind == fisklapi.Unauthorized && e.Status == 0 {
		return "" // the problem with the setting says what to do itself
	}
	if e.Kind == fisklapi.NoPath {
		return moved(e)
	}
	advice := map[fisklapi.Kind]string{
		fisklapi.Unauthorized: "A key fails when it was copied in part, has expired or was revoked. Make a new one in Fiskl under " + keyPage + " and put it where this one was: FISKL_API_KEY or fiskl-mcp login for the server's key, the client's settings for one that it brings",
		fisklapi.Forbidden:    "A key cannot be edited: make a new one with that permission in Fiskl under " + keyPage + ", or ask an admin if you do not hold it yourself. get_context lists what this one may do",
		fisklapi.Subscription: "Renew it in Fiskl under Settings > Subscription",
		fisklapi.Ambiguous:    "Call again with the id",
		fisklapi.NotFound:     "List the records to find the right name or id",
		fisklapi.RateLimited:  "Wait " + wait(e.RetryAfter) + " and call again",
		fisklapi.Unavailable:  "Call again in a moment",
		fisklapi.WrongHost:    "The API is at " + fisklapi.DefaultBaseURL + "; app.fiskl.com and my.fiskl.com are the web app. Correct FISKL_BASE_URL",
		fisklapi.Unexpected:   "The API is in beta and may have changed: look for a newer version of this server",
		fisklapi.Misread:      "Calling again will not help, and a figure must not be guessed. Whoever set this server up can teach it this form: fiskl-mcp contract learn finds out with the key alone, fiskl-mcp contract adopt FILE reads Fiskl's published OpenAPI document",
		fisklapi.TooLarge:     "Ask for less: a shorter period or a narrower filter",
	}[e.Kind]
	if e.RequestID != "" && (e.Kind == fisklapi.Unavailable || e.Kind == fisklapi.Unexpected || e.Kind == fisklapi.Misread || e.Kind == fisklapi.Invalid) {
		advice = sentences(advice, "Fiskl's id of the request is "+schemas.Name(e.RequestID))
	}
	return advice
}

// moved says what to do about a path that is not there.
func moved(e *fisklapi.Error) string {
	if e.Endpoint.Documented() {
		return "Fiskl documents this path, so something else is amiss: see that FISKL_BASE_URL is the API's root and no more, and run fiskl-mcp doctor"
	}
	return "The path is inferred, because Fiskl does not print it, and may be another. Calling again will not help. Whoever set this server up can see which tools that concerns with fiskl-mcp doctor, and teach it where the path is with fiskl-mcp contract adopt FILE or fiskl-mcp contract learn"
}

// keyPage is where keys are made in Fiskl (documented).
const keyPage = "Settings > API & Connections > My API keys"

func wait(d time.Duration) string {
	if d == 0 {
		return "a minute"
	}
	return fmt.Sprintf("%.0f seconds", d.Seconds())
}

// maxQuoted is how much of Fiskl's own words an explanation repeats.
const maxQuoted = 300

// quoted marks Fiskl's own words as such: they can hold what users wrote.
func quoted(message string) string {
	if message == "" {
		return ""
	}
	return ": " + schemas.Quoted(strings.TrimSuffix(message, "."), maxQuoted)
}

// sentences joins parts, each ending in one full stop.
func sentences(parts ...string) string {
	var all []string
	for _, p := range parts {
		if p = strings.TrimSpace(p); p != "" {
			all = append(all, strings.TrimSuffix(p, ".")+".")
		}
	}
	return strings.Join(all, " ")
}
