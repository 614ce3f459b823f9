#compdef mnist4j
# zsh completion, written by: mnist4j generate-completion zsh
{functions}

if [ "$funcstack[1]" = _mnist4j ]; then
  _mnist4j "$@"
else
  compdef _mnist4j mnist4j
fi
