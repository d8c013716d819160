"""
How does a shell complete commands and options?

The script holds the words themselves, so that to complete one starts no program.
"""

from collections.abc import Iterator, Mapping
from typing import Annotated, Final, Literal

from cyclopts import App, Parameter

from .answer import Answer
from .options import OnScreen


__all__ = ["Shell", "completion", "script", "words_of"]

Shell = Literal["bash", "zsh", "powershell"]
"""
A shell that completes words.
"""

_NAME: Final = "winbooks-identity"

#: What stands before and behind every command.
_EVERYWHERE: Final = ("--help", "--json", "--language")

_BASH: Final = """\
_winbooks_identity() {{
  local path="" i
  for ((i = 1; i < COMP_CWORD; i++)); do
    case "${{path:+$path }}${{COMP_WORDS[i]}}" in
      {paths}) path="${{path:+$path }}${{COMP_WORDS[i]}}" ;;
    esac
  done
  case "$path" in
{cases}
  esac
  COMPREPLY=($(compgen -W "$words" -- "${{COMP_WORDS[COMP_CWORD]}}"))
}}
complete -o default -F _winbooks_identity winbooks-identity
"""

_POWERSHELL: Final = """\
Register-ArgumentCompleter -Native -CommandName winbooks-identity -ScriptBlock {{
  param($word, $ast, $position)
  $words = @{{
{cases}
  }}
  $path = ''
  foreach ($element in $ast.CommandElements | Select-Object -Skip 1) {{
    $longer = "$path $element".Trim()
    if ($element.Extent.EndOffset -lt $position -and $words.ContainsKey($longer)) {{
      $path = $longer
    }}
  }}
  $words[$path] -split ' ' | Where-Object {{ $_ -like "$word*" }} | ForEach-Object {{
    [System.Management.Automation.CompletionResult]::new($_, $_, 'ParameterValue', $_)
  }}
}}
"""


def completion(
    shell: Annotated[Shell, Parameter(help="cli.option.shell")],
    /,
    *,
    screen: OnScreen,
) -> Answer:
    """
    Write what lets a shell complete commands and options.
    """
    from .application import application

    text = script(shell, words_of(application(screen)))
    return Answer(document={"script": text}, raw=text)


def words_of(app: App) -> dict[str, tuple[str, ...]]:
    """
    Return what may follow each command, by its words; the empty text is the program.
    """
    return dict(_words_of(app, ""))


def _words_of(app: App, path: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    below = sorted(name for name in app if not name.startswith("-"))
    if below:
        yield path, (*below, *_EVERYWHERE)
        for name in below:
            yield from _words_of(app[name], f"{path} {name}".strip())
        return
    options = {
        name
        for argument in app.assemble_argument_collection()
        for name in argument.names
        if name.startswith("--") and argument.show
    }
    yield path, (*sorted(options), *_EVERYWHERE)


#: Nothing completes before compinit, which not every .zshrc calls.
_BEFORE_IN_ZSH: Final = """\
(( $+functions[compdef] )) || { autoload -Uz compinit && compinit; }
autoload -U +X bashcompinit && bashcompinit
"""


def script(shell: Shell, words: Mapping[str, tuple[str, ...]]) -> str:
    """
    Return what *shell* reads at its start.
    """
    if shell == "powershell":
        cases = (f"    '{path}' = '{' '.join(each)}'" for path, each in words.items())
        return _POWERSHELL.format(cases="\n".join(cases))
    paths = "|".join(f'"{path}"' for path in words if path)
    cases = (
        f'    "{path}") local words="{" ".join(each)}" ;;'
        for path, each in words.items()
    )
    text = _BASH.format(paths=paths, cases="\n".join(cases))
    return _BEFORE_IN_ZSH + text if shell == "zsh" else text
