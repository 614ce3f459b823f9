# bash completion, written by: mnist4j generate-completion bash

# Sets options, subcommands and what the arguments of a command may be.
_mnist4j_command() {
  options= subcommands= values= files= folders=
  case $1 in
{commands}  esac
}

# Whether an option takes a value, and which.
_mnist4j_option() {
  values= files= folders=
  case $1 in
{options}    *) return 1 ;;
  esac
}

_mnist4j() {
  local IFS=$' \t\n' words=() word i last=${COMP_WORDS[COMP_CWORD]} join=
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
  elif [[ $current == -*=* ]] && _mnist4j_option "$command ${current%%=*}"; then
    prefix=${current%%=*}=
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
    before=${before%"${before##*=}"}
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
