package io.mnist4j.cli.shell;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** Writes the script for bash, 3.2 or newer, with or without the package bash-completion. */
final class BashCompletion {
  /**
   * Readline splits words at {@code =}; {@code words} has them whole, and what is offered must
   * leave out what readline holds for an earlier word.
   */
  private static final String SCRIPT =
      """
      # bash completion, written by: mnist4j generate-completion bash

      # Sets options, subcommands and what the arguments of a command may be.
      _mnist4j_command() {
        options= subcommands= values= files= folders=
        case $1 in
      %s  esac
      }

      # Whether an option takes a value, and which.
      _mnist4j_option() {
        values= files= folders=
        case $1 in
      %s    *) return 1 ;;
        esac
      }

      _mnist4j() {
        local IFS=$' \\t\\n' words=() word i last=${COMP_WORDS[COMP_CWORD]} join=
        for ((i = 1; i <= COMP_CWORD; i++)); do
          word=${COMP_WORDS[i]}
          if [ "$word" = = ] && [ ${#words[@]} -gt 0 ]; then
            words[${#words[@]}-1]+='='
            join=yes
          elif [ -n "$join" ]; then
            words[${#words[@]}-1]+=$word
            join=
          else
            words+=("$word")
          fi
        done

        local options subcommands values files folders command= option= current=
        _mnist4j_command ''
        local count=${#words[@]}
        for ((i = 0; i < count - 1; i++)); do
          word=${words[i]}
          if [ -n "$option" ]; then
            option=
          elif [[ $word == -* ]]; then
            [[ $word == *=* ]] || ! _mnist4j_option "$command $word" || option=$word
          elif [[ " $subcommands " == *" $word "* ]]; then
            command="$command $word"
            _mnist4j_command "$command"
          fi
        done
        current=${words[count - 1]}
        local prefix=
        if [ -n "$option" ]; then
          _mnist4j_option "$command $option"
          options= subcommands=
        elif [[ $current == -*=* ]] && _mnist4j_option "$command ${current%%%%=*}"; then
          prefix=${current%%%%=*}=
          current=${current#*=}
          options= subcommands=
        elif [[ $current == -* ]]; then
          values= files= folders= subcommands=
        else
          _mnist4j_command "$command"
          options=
        fi

        COMPREPLY=($(compgen -W "$options $subcommands $values" -- "$current"))
        # An option whose name another one begins with is whole all the same, and so is key=.
        if [ ${#COMPREPLY[@]} = 1 ] && [[ ${COMPREPLY[0]} == *= ]]; then
          compopt -o nospace 2>/dev/null
        fi
        if [ -n "$files$folders" ]; then
          local kind=-d
          [ -z "$files" ] || kind=-f
          while IFS= read -r word; do
            COMPREPLY+=("$word")
          done < <(compgen $kind -- "$current")
          compopt -o filenames 2>/dev/null
        fi
        if [[ $prefix$current == *=* ]]; then
          # What stands before the last = is another word to readline, but where it was told not to.
          local before="${prefix}${current}"
          before=${before%%"${before##*=}"}
          if [[ $COMP_WORDBREAKS == *=* ]]; then
            before=${before#"$prefix"}
            for ((i = 0; i < ${#COMPREPLY[@]}; i++)); do
              COMPREPLY[i]=${COMPREPLY[i]#"$before"}
            done
          else
            for ((i = 0; i < ${#COMPREPLY[@]}; i++)); do
              COMPREPLY[i]=$prefix${COMPREPLY[i]}
            done
          fi
        fi
      }

      complete -F _mnist4j mnist4j
      """;

  private BashCompletion() {}

  static String script(CommandSpec root) {
    List<String> commands = new ArrayList<>();
    List<String> options = new ArrayList<>();
    for (Completable command : Completable.all(root)) {
      String path = command.path().stream().map(" "::concat).collect(Collectors.joining());
      commands.add(commandCase(path, command));
      for (OptionSpec option : command.options()) {
        if (Completable.takesValue(option)) {
          options.add(optionCase(path, option));
        }
      }
    }
    return SCRIPT.formatted(String.join("", commands), String.join("", options));
  }

  private static String commandCase(String path, Completable command) {
    String options =
        command.options().stream()
            .flatMap(option -> List.of(option.names()).stream())
            .collect(Collectors.joining(" "));
    String subcommands =
        command.subcommands().stream().map(Completable::name).collect(Collectors.joining(" "));
    String arguments = command.arguments().map(BashCompletion::assignments).orElse("");
    return "    '%s')\n      options=%s\n%s%s      ;;\n"
        .formatted(
            path,
            Shell.quote(options),
            subcommands.isEmpty() ? "" : "      subcommands=" + Shell.quote(subcommands) + "\n",
            arguments.isEmpty() ? "" : "      " + arguments + "\n");
  }

  private static String optionCase(String path, OptionSpec option) {
    String names =
        List.of(option.names()).stream()
            .map(name -> Shell.quote(path + " " + name))
            .collect(Collectors.joining(" | "));
    return "    %s) %s ;;\n".formatted(names, assignments(Values.of(option)));
  }

  private static String assignments(Values values) {
    List<String> parts = new ArrayList<>();
    if (!values.words().isEmpty()) {
      parts.add("values=" + Shell.quote(String.join(" ", values.words())));
    }
    if (values.files()) {
      parts.add("files=yes");
    }
    if (values.folders()) {
      parts.add("folders=yes");
    }
    return parts.isEmpty() ? "" : String.join(" ", parts);
  }
}
