# fish completion, written by: mnist4j generate-completion fish

# Whether the words that are no options begin with these; no command has an option with a value
# before its subcommand.
function __mnist4j_in
    set -l words (string match -v -- '-*' (commandline -opc))[2..-1]
    string match -q -- "$argv *" "$words "
end

# Whether they are just these, so that another command may follow.
function __mnist4j_at
    set -l words (string match -v -- '-*' (commandline -opc))[2..-1]
    test "$words" = "$argv"
end

complete -c mnist4j -f
