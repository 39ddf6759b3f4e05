package app

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/spf13/cobra"
)

// completionCommand prints what has a shell complete commands, flags, tools and
// their arguments.
func completionCommand(w environment) *cobra.Command {
	shells := []string{"bash", "zsh", "fish", "powershell"}
	return &cobra.Command{
		Use:   "completion bash|zsh|fish|powershell",
		Short: "Print a script that has your shell complete commands, tools and their arguments",
		Long: `Print a script that has your shell complete commands, flags, tools and their
arguments. To have it from now on:

  bash        source <(fiskl-mcp completion bash)       in ~/.bashrc
  zsh         source <(fiskl-mcp completion zsh)        in ~/.zshrc, after compinit
  fish        fiskl-mcp completion fish | source        in ~/.config/fish/config.fish
  PowerShell  fiskl-mcp completion powershell | Out-String | Invoke-Expression   in $PROFILE`,
		Args:                  cobra.ExactArgs(1),
		Annotations:           map[string]string{wants: "say for which shell: " + strings.Join(shells, ", ")},
		ValidArgs:             shells,
		DisableFlagsInUseLine: true,
		RunE: func(c *cobra.Command, args []string) error {
			root := c.Root()
			switch args[0] {
			case "bash":
				return bashCompletion(root, w.out)
			case "zsh":
				return root.GenZshCompletion(w.out)
			case "fish":
				return root.GenFishCompletion(w.out, true)
			case "powershell":
				return root.GenPowerShellCompletionWithDesc(w.out)
			default:
				return usageError{fmt.Errorf("there is no completion for %q%s it knows %s", args[0], orSemicolon(meant(args[0], shells)), strings.Join(shells, ", "))}
			}
		},
	}
}

// bashCompletion adds to the library's script what it lacks: bash replaces what
// follows the last = of a word, and not the word, so that key=value has to be
// offered as the value alone.
func bashCompletion(root *cobra.Command, out io.Writer) error {
	if err := root.GenBashCompletionV2(out, true); err != nil {
		return err
	}
	name := root.Name()
	_, err := fmt.Fprintf(out, `
__%[1]s_after_equals()
{
    __start_%[1]s "$@"
    local typed="${COMP_LINE:0:COMP_POINT}"
    typed="${typed##* }"
    if [[ $typed != -* && $typed == *=* && $COMP_WORDBREAKS == *=* ]]; then
        local i
        for i in "${!COMPREPLY[@]}"; do
            COMPREPLY[i]="${COMPREPLY[i]#"${typed%%%%=*}="}"
        done
    fi
}
complete -o default -o nosort -F __%[1]s_after_equals %[1]s 2>/dev/null || complete -o default -F __%[1]s_after_equals %[1]s
`, name)
	return err
}

// completeTools completes the name of a tool.
func completeTools(_ *cobra.Command, args []string, _ string) ([]cobra.Completion, cobra.ShellCompDirective) {
	p, err := everyTool()
	if err != nil || len(args) > 0 {
		return nil, cobra.ShellCompDirectiveNoFileComp
	}
	var all []cobra.Completion
	for _, t := range p.All() {
		first, _, _ := strings.Cut(t.Description, ". ")
		all = append(all, cobra.CompletionWithDesc(t.Name, strings.TrimSuffix(first, ".")))
	}
	return all, cobra.ShellCompDirectiveNoFileComp
}

// completeCall completes a tool, then its arguments and those of their values
// that are known without asking anybody.
func completeCall(c *cobra.Command, args []string, typed string) ([]cobra.Completion, cobra.ShellCompDirective) {
	if len(args) == 0 {
		return completeTools(c, args, typed)
	}
	p, err := everyTool()
	t, ok := p.Find(args[0])
	if err != nil || !ok {
		return nil, cobra.ShellCompDirectiveNoFileComp
	}
	all := argumentsOf(p.Definition(t))
	if name, _, ok := strings.Cut(typed, "="); ok {
		return valuesOf(all, name), cobra.ShellCompDirectiveNoFileComp
	}
	var left []cobra.Completion
	for _, a := range all {
		given := slices.ContainsFunc(args[1:], func(arg string) bool { return strings.HasPrefix(arg, a.name+"=") })
		if !given {
			left = append(left, cobra.CompletionWithDesc(a.name+"=", strings.TrimSpace(a.kind()+"  "+a.about)))
		}
	}
	return left, cobra.ShellCompDirectiveNoFileComp | cobra.ShellCompDirectiveNoSpace
}

// valuesOf are the values of an argument, each as the whole word.
func valuesOf(all []toolArgument, name string) []cobra.Completion {
	var values []string
	for _, a := range all {
		switch {
		case a.name != name:
		case len(a.schema.Enum) > 0:
			values = a.schema.Enum
		case a.schema.Type == "boolean":
			values = []string{"true", "false"}
		}
	}
	words := make([]cobra.Completion, 0, len(values))
	for _, v := range values {
		words = append(words, name+"="+v)
	}
	return words
}

// completeClients completes the name of a client.
func completeClients(w environment) cobra.CompletionFunc {
	return func(_ *cobra.Command, args []string, _ string) ([]cobra.Completion, cobra.ShellCompDirective) {
		all, err := clientsHere(w)
		if err != nil || len(args) > 0 {
			return nil, cobra.ShellCompDirectiveNoFileComp
		}
		return clientNames(all), cobra.ShellCompDirectiveNoFileComp
	}
}

// completeFlags completes the flags that have few values.
func completeFlags(root *cobra.Command) {
	for flag, values := range map[string][]string{
		"log-level":   {"debug", "info", "warn", "error"},
		"confirm":     {"ask", "token", "off", "person"},
		"token-store": {"auto", "keychain", "file"},
		"minor-units": {"hundredths", "iso4217"},
		"extra-tools": {"off", "read"},
	} {
		_ = root.RegisterFlagCompletionFunc(flag, cobra.FixedCompletions(values, cobra.ShellCompDirectiveNoFileComp)) // of a flag that is gone, nothing
	}
}
