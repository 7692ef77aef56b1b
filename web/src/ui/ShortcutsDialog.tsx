import { COMMANDS } from "../state/commands/all";
import { type Command, type Section, shownKeys } from "../state/commands/command";
import { usePage } from "../state/page";
import { text } from "../text";
import { Popup } from "./Popup";

const SECTIONS = Object.keys(text.commands.sections) as Section[];

/** The overview of keys: one line for each title. */
export function ShortcutsDialog() {
  const open = usePage((state) => state.dialog === "shortcuts");
  const show = usePage((state) => state.show);
  return (
    <Popup title={text.commands.overview} open={open} close={() => show(null)} wide>
      <div className="shortcuts">
        {SECTIONS.map((section) => (
          <section key={section} aria-label={text.commands.sections[section]}>
            <h3>{text.commands.sections[section]}</h3>
            <dl>
              {lines(section).map(({ id, title, keys }) => (
                <div key={id}>
                  <dt>
                    {keys?.map((each) => (
                      <kbd key={each}>{shownKeys(each)}</kbd>
                    ))}
                  </dt>
                  <dd>{title}</dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </Popup>
  );
}

function lines(section: Section): Command[] {
  const found = COMMANDS.filter((command) => command.section === section && command.keys);
  return found.filter(({ title }, index) => found.findIndex((other) => other.title === title) === index);
}
