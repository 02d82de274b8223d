/// A completion script for bash 4 and newer; needs no other package.
///
/// What was declared is a table, one line per verb. What follows an option or stands for an argument is written as
/// `reserved,direct` for words, `@files`, or `@` for a text that the shell cannot know.
struct BashCompletions {
    let program: Program

    var text: String {
        """
        \(program.origin(.bash))
        \(name)_declared() {
            words= options= arguments=
            case $1 in
        \((groups + verbs).map { "    " + $0 + "\n" }.joined())    esac
            options+='\(options(program.shared)) --help'
        }

        \(reading.replacing("NAME", with: name))
        complete -F \(name) \(program.name)

        """
    }

    private var name: String { program.identifier }

    private var groups: [String] {
        program.groups.map { path in
            let own = path.isEmpty ? " options='\(options(Inquiry.all)) '" : ""
            return "'\(path.joined(separator: " "))') words='\(program.next(after: path).joined(separator: " "))'\(own) ;;"
        }
    }

    private var verbs: [String] {
        program.verbs.map { verb in
            "'\(verb.name)') options='\(options(verb.options)) ' arguments='\(verb.arguments.map(value).joined(separator: " "))' ;;"
        }
    }

    private func options(_ declarations: [Declaration]) -> String {
        declarations.map { $0.form == .flag ? $0.label : "\($0.label)=\(value($0))" }.joined(separator: " ")
    }

    private func value(_ declaration: Declaration) -> String {
        switch declaration.offer {
        case .nothing: "@"
        case .files: "@files"
        case .words(let words): words.joined(separator: ",")
        }
    }

    /// Bash takes `--format=json` and `http://host` apart at `=` and `:`.
    private var reading: String {
        #"""
        NAME() {
            local current=${COMP_WORDS[COMP_CWORD]} path= expected= word option i
            local -i count=0
            local words options arguments
            NAME_declared ''
            for ((i = 1; i <= COMP_CWORD; i++)); do
                word=${COMP_WORDS[i]}
                if [[ $word == [=:]* ]]; then
                    expected=${expected:-@}
                    if ((i == COMP_CWORD)); then current=; fi
                elif ((i == COMP_CWORD)); then
                    break
                elif [[ $expected ]]; then
                    expected=
                elif [[ $word == -* ]]; then
                    for option in $options; do
                        if [[ $option == "$word="* ]]; then expected=${option#*=}; fi
                    done
                elif [[ " $words " == *" $word "* ]]; then
                    path+=${path:+ }$word
                    NAME_declared "$path"
                else
                    words= count+=1
                fi
            done
            local -a places=($arguments)
            if [[ ! $expected && $current != -* ]]; then expected=${words:-${places[count]}}; fi
            COMPREPLY=()
            case $expected in
            '')
                words=
                for option in $options; do words+=" ${option%%=*}"; done
                COMPREPLY=($(compgen -W "$words" -- "$current"))
                ;;
            @files)
                compopt -o filenames 2> /dev/null
                mapfile -t COMPREPLY < <(compgen -f -- "$current")
                ;;
            @*) ;;
            *) COMPREPLY=($(compgen -W "${expected//,/ }" -- "$current")) ;;
            esac
        }
        """#
    }
}
