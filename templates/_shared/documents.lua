-- Puts our marks (blank, alert, box) into the words of each format.
-- Blanks keep their identifier so that the list at the end can point at them.

local office = FORMAT == "docx" or FORMAT == "odt" or FORMAT == "opendocument"
local names = { blank = "Blanc", alert = "Alerte", box = "Encadré", note = "Repère" }

local function mark(element)
  for class, name in pairs(names) do
    if element.classes:includes(class) then
      return class, name
    end
  end
end

function Span(span)
  local class, name = mark(span)
  if not class then return nil end
  if office then
    span.attributes["custom-style"] = name
    return span
  end
  if FORMAT == "typst" then
    local label = span.identifier ~= "" and ("<" .. span.identifier .. ">") or ""
    local inlines = pandoc.Inlines({ pandoc.RawInline("typst", "#" .. class .. "[") })
    inlines:extend(span.content)
    inlines:insert(pandoc.RawInline("typst", "]" .. label))
    return inlines
  end
end

-- Typst makes dashes and ellipses of these; what is written stays as it is written.
function Str(str)
  if FORMAT == "typst" and (str.text:find("%-%-") or str.text:find("%.%.%.") or str.text:find("%-%?")) then
    local quoted = str.text:gsub("\\", "\\\\"):gsub('"', '\\"')
    return pandoc.RawInline("typst", '#"' .. quoted .. '"')
  end
end

function Div(div)
  local class, name = mark(div)
  if not class then return nil end
  if office then
    div.attributes["custom-style"] = name
    return div
  end
  if FORMAT == "typst" then
    local blocks = pandoc.Blocks({ pandoc.RawBlock("typst", "#" .. class .. "[") })
    blocks:extend(div.content)
    blocks:insert(pandoc.RawBlock("typst", "]"))
    return blocks
  end
end
