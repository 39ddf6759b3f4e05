package doctor

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/fiskl-mcp/fiskl-mcp/fisklapi"
	"github.com/fiskl-mcp/fiskl-mcp/internal/contract"
	"github.com/fiskl-mcp/fiskl-mcp/schemas"
)

// Books are one company's, as its credential opens them.
type Books struct {
	API        *fisklapi.Client
	Credential string                                    // what it is and where it came from, without the secret
	Anew       string                                    // how another is had, as a sentence
	Hidden     func(held []string) []schemas.HiddenTools // the tools that are not offered to who holds these permissions
	Tools      int                                       // how many there are

	// Pathless are the tools that need operations which have no path.
	Pathless func(missing []fisklapi.Operation) []schemas.HiddenTools
}

// Look checks the credential, and with it the plainest things there are to
// read and the contract.
func (b Books) Look(ctx context.Context, ours *contract.Contract) []Finding {
	held, err := b.API.Permissions.List(ctx)
	known := err == nil
	if !known && !absent(err) {
		return []Finding{b.refused(err), {Check: "books", Verdict: Note, Says: "Not looked at: that needs a credential that works."}}
	}
	findings := []Finding{b.credential(held, known)}
	if known {
		findings = append(findings, b.tools(held))
	} else {
		held = nil
	}
	findings = append(findings, b.periods(ctx), b.clients(ctx))
	outcomes := ours.Probe(ctx, b.API, held)
	return append(findings, b.paths(outcomes), contractFinding(outcomes))
}

// absent reports that Fiskl took the credential, and only does not tell what it
// may do.
func absent(err error) bool {
	return fisklapi.Untold(err)
}

const credentialCheck = "credential"

// credential says what a credential that works may do.
func (b Books) credential(held []string, known bool) Finding {
	f := Finding{Check: credentialCheck, Verdict: OK}
	if !known {
		f.Verdict, f.Says = Note, b.Credential+": Fiskl takes it, and does not tell what it may do."
		f.Do = "All tools are offered, and Fiskl refuses what it may not do. If Fiskl moved getPermissions: " + teach
		return f
	}
	f.Says = fmt.Sprintf("%s: it is valid, and holds %s.", b.Credential, numbered(len(held), "permission"))
	f.Details = byAction(held, b.API.Endpoints())
	return f
}

// byAction sorts the permissions that some operation needs, such as
// invoice.read, by what may be done.
func byAction(held []string, endpoints []fisklapi.Endpoint) []string {
	may := make(map[string][]string)
	var actions []string
	for _, e := range endpoints {
		area, action, _ := strings.Cut(e.Permission, ".")
		if e.Permission == "" || !slices.Contains(held, e.Permission) || slices.Contains(may[action], area) {
			continue
		}
		if may[action] == nil {
			actions = append(actions, action)
		}
		may[action] = append(may[action], area)
	}
	lines := make([]string, 0, len(actions))
	for _, action := range actions {
		lines = append(lines, action+": "+strings.Join(may[action], ", "))
	}
	return lines
}

// tools says which tools are not offered, and why.
func (b Books) tools(held []string) Finding {
	f := Finding{Check: "tools", Verdict: OK}
	hidden := 0
	for _, h := range b.Hidden(held) {
		hidden += len(h.Tools)
		f.Details = append(f.Details, h.Reason+": "+strings.Join(h.Tools, ", "))
		if strings.Contains(h.Reason, "lacks") {
			f.Verdict = Note
			f.Do = "If you want these, make a key with the permissions they need, for a key cannot be changed once it is made; or sign in again and leave their boxes ticked."
		}
	}
	f.Says = fmt.Sprintf("%d of %d are offered.", b.Tools-hidden, b.Tools)
	return f
}

// Unkeyed says why there is no credential. The problem's first sentence says
// so, and what follows it what to do.
func Unkeyed(problem string) Finding {
	says, do, _ := strings.Cut(problem, ". ")
	f := Finding{Check: credentialCheck, Verdict: Problem, Says: Sentence(says)}
	if do != "" {
		f.Do = Sentence(do)
	}
	return f
}

// refused says why a credential cannot be used.
func (b Books) refused(err error) Finding {
	f := Finding{Check: credentialCheck, Verdict: Problem}
	var failed *fisklapi.Error
	switch {
	case !errors.As(err, &failed):
		f.Says = Sentence(err.Error())
	case failed.Status == 0 && failed.Kind == fisklapi.Unauthorized: // there was nothing to send
		return Unkeyed(failed.Message)
	case failed.Status == 0:
		f.Says, f.Do = Sentence(failed.Message), "Try again; if it stays so, see that this machine is online."
	case failed.Kind == fisklapi.Unauthorized:
		f.Says = fmt.Sprintf("%s: Fiskl refuses it (HTTP %d%s).", b.Credential, failed.Status, quote(failed.Message))
		f.Do = b.Anew + " One that was revoked or has expired stays useless."
	case failed.Kind == fisklapi.Subscription:
		f.Says = fmt.Sprintf("Fiskl refuses the company (HTTP %d%s).", failed.Status, quote(failed.Message))
		f.Do = "Renew the plan in Fiskl under Settings > Subscription: API keys need a paid one."
	default:
		f.Says = fmt.Sprintf("Whether the credential is valid cannot be told: %s (HTTP %d).", failed.Kind, failed.Status)
		f.Do = "Wait some minutes and try again."
	}
	return f
}

// quote repeats what Fiskl said of a credential. It knows of no books then; but
// it may have repeated the credential, which is the longest of words.
func quote(message string) string {
	const longestWord = 24
	if message == "" || slices.ContainsFunc(strings.Fields(message), func(word string) bool { return len(word) > longestWord }) {
		return ""
	}
	return ": " + strings.TrimSuffix(message, ".")
}

// Sentence makes one of a problem that begins small and ends without a stop.
func Sentence(s string) string {
	if s == "" {
		return "It is not known why."
	}
	return strings.ToUpper(s[:1]) + strings.TrimSuffix(s[1:], ".") + "."
}

// periods reads the date periods.
func (b Books) periods(ctx context.Context) Finding {
	const check = "date periods"
	found, err := b.API.Periods.List(ctx, schemas.None{})
	switch {
	case err != nil:
		return unread(check, err)
	case len(found.Rows) == 0:
		return Finding{Check: check, Verdict: Note, Says: "There are none, so reports can be asked for by dates only."}
	default:
		return Finding{Check: check, Verdict: OK, Says: "They can be read."}
	}
}

// clients reads the first page of clients.
func (b Books) clients(ctx context.Context) Finding {
	const check = "clients"
	found, err := b.API.Clients.List(ctx, schemas.ContactFilter{PageArgs: schemas.PageArgs{Limit: 1}})
	switch {
	case errors.Is(err, fisklapi.Forbidden):
		return Finding{Check: check, Verdict: Note, Says: "The credential may not read them."}
	case err != nil:
		return unread(check, err)
	case len(found.Rows) == 0:
		return Finding{Check: check, Verdict: OK, Says: "The first page can be read; there are none."}
	default:
		return Finding{Check: check, Verdict: OK, Says: "The first page can be read."}
	}
}

// unread says that what every company has could not be read.
func unread(check string, err error) Finding {
	f := Finding{Check: check, Verdict: Problem, Says: "They cannot be read.", Do: "Try again; if it stays so, fiskl-mcp contract check says more."}
	var failed *fisklapi.Error
	if !errors.As(err, &failed) {
		return f
	}
	switch {
	case failed.Status == 0:
		f.Says = "They cannot be read: " + strings.TrimSuffix(failed.Message, ".") + "."
	case errors.Is(err, fisklapi.NotFound), errors.Is(err, fisklapi.NoPath):
		f.Says = fmt.Sprintf("There is nothing at %s %s (HTTP %d).", failed.Endpoint.Method, failed.Endpoint.Path, failed.Status)
		f.Do = movedTo(string(failed.Endpoint.Operation))
	case errors.Is(err, fisklapi.Misread):
		f.Says = fmt.Sprintf("They cannot be read: their form is not understood (HTTP %d).", failed.Status)
		f.Do = "Have it taught: " + teach
	default:
		f.Says = fmt.Sprintf("They cannot be read: %s (HTTP %d).", failed.Kind, failed.Status)
	}
	return f
}

// movedTo says what to do about an operation that is not where it was.
func movedTo(operation string) string {
	return "If " + operation + " moved: " + teach
}

// teach is how this program finds what is elsewhere in the API.
const teach = "fiskl-mcp contract learn finds out with the key alone, and fiskl-mcp contract adopt FILE from Fiskl's published OpenAPI document."
