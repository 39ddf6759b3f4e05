package schemas

import (
	"encoding/json"
	"html"
	"regexp"
	"strings"
)

// FindEscaped finds a character that was written out, as JSON or HTML has it,
// where the character itself is meant: \u00fc, \n, &amp;. It returns the sign
// and what the text was probably meant to be. A path such as C:\new is none.
func FindEscaped(s string) (sign, meant string, found bool) {
	for _, e := range entities().FindAllString(s, -1) {
		if html.UnescapeString(e) != e {
			return e, unescaped(html.UnescapeString(s)), true
		}
	}
	if !strings.Contains(s, `\`) {
		return "", "", false
	}
	for token := range strings.FieldsSeq(s) {
		if sign := written(token, strings.Count(s, `\n`)); sign != "" {
			return sign, unescaped(s), true
		}
	}
	return "", "", false
}

func entities() *regexp.Regexp {
	return regexp.MustCompile(`&(#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,30});`)
}

func codes() *regexp.Regexp {
	return regexp.MustCompile(`(\\u[0-9a-fA-F]{4})+|\\x[89a-fA-F][0-9a-fA-F]`)
}

// written returns the first sign that a word has written out; empty if none.
// A word in which a backslash stands before any other letter is no program's.
func written(word string, lines int) string {
	if isPath(word) {
		return ""
	}
	if code := codes().FindString(word); code != "" {
		return code
	}
	sign := ""
	for at := strings.Index(word, `\`); at >= 0 && at+1 < len(word); {
		next, rest := word[at+1], word[at+2:]
		if strings.IndexByte(`"'/rnt\`, next) < 0 {
			return ""
		}
		if sign == "" && meant(word[:at], rest, next, lines) {
			sign = word[at : at+2]
		}
		step := strings.Index(rest, `\`)
		if step < 0 {
			break
		}
		at += 2 + step
	}
	return sign
}

// meant reports a letter behind a backslash that stands for another sign.
func meant(before, after string, letter byte, lines int) bool {
	return strings.IndexByte(`"'/r`, letter) >= 0 || letter == 'n' && endsLine(before, after, lines)
}

// isPath reports a word that begins as a path of Windows does.
func isPath(word string) bool {
	return strings.Contains(word, `:\`) || strings.HasPrefix(strings.TrimLeft(word, `"'(`), `\\`)
}

// endsLine reports that \n between two parts of a word is the end of a line.
// Before small letters it may be a folder, unless there are several.
func endsLine(before, after string, lines int) bool {
	small := after != "" && after[0] >= 'a' && after[0] <= 'z'
	return !small || lines > 1 || strings.TrimRight(before, ".,;:!?") != before
}

// unescaped reads what was written out.
func unescaped(s string) string {
	s = codes().ReplaceAllStringFunc(s, func(code string) string {
		var read string
		if json.Unmarshal([]byte(`"`+strings.Replace(code, `\x`, `\u00`, 1)+`"`), &read) != nil {
			return code
		}
		return read
	})
	return strings.NewReplacer(`\r\n`, "\n", `\n`, "\n", `\r`, "\n", `\t`, " ", `\"`, `"`, `\'`, `'`, `\/`, `/`).Replace(s)
}
