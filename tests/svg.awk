# svg.awk - what is to be seen in an SVG as gnuplot's terminal writes it, and what is amiss there.
#
#     awk -f svg.awk [-v task=check] [-v want=FILE] PICTURE.svg
#
# task=check  a line for each fault, and exit 1 where there is one. `want` names a file of texts, one a
#             line, that must be there in full.
# task=list   a line for each text: x y size weight anchor angle width left top right bottom text
# task=lines  a line for each thing drawn: kind colour fill dash width points left top right bottom group
# task=mark   for each text that begins with `name`: colour, dash, lightness (CIE L*, 0 black to 100
#             white), fill of the legend's sample beside it
#
# The faults, each by its word:
#   missing   a text that was asked for is not there in full, nor as lines of one text that follow each
#             other; gnuplot leaves out of the file what begins outside the canvas
#   outside   a text's box leaves the viewBox
#   overlap   the boxes of two texts meet, or leave less than a fifth of a letter's size between two
#             words. The same text twice in one place is one text.
#   struck    a line (curve, frame, tic, grid, edge of a bar or of a band, point) goes through the ink of
#             a text. No line is excused for being light. A line is excused only where nothing of it is
#             left to see: it is white, or an opaque white area that holds the whole box was drawn after
#             the line and before the text (a rectangle, or gnuplot's filter of a boxed label).
#   covered   an opaque area was drawn over a text
#   torn      tags do not match, a text is not UTF-8, or something is drawn in a way that is not read here
#
# A text's box is as wide as the advance widths of Helvetica say, Adobe Font Metrics of the core 14 fonts
# (Helvetica.afm, Helvetica-Bold.afm, 1997), in thousandths of the size; Arial's and Liberation Sans's are the same.
# Where neither is installed a viewer takes a wider face, DejaVu Sans by some 15 per cent: -v wider=1.15.
# Kerning is left out. Letters with an accent are as wide as without. Bytes are read as UTF-8 here,
# since not every awk does.

function plain_widths(list, first, table,  n, i, part) {
    n = split(list, part, " ")
    for (i = 1; i <= n; i++) table[sprintf("%c", first + i - 1)] = part[i]
}

# like BASE LETTERS: these letters, blanks between them, are as wide and as high as BASE.
function like(base, list,  n, i, part) {
    n = split(list, part, " ")
    for (i = 1; i <= n; i++) {
        roman[part[i]] = roman[base]
        bold[part[i]] = bold[base]
        if (base in low) low[part[i]]
        if (base in deep) deep[part[i]]
    }
}

function other(width, list,  n, i, part) {
    n = split(list, part, " ")
    for (i = 1; i <= n; i++) roman[part[i]] = bold[part[i]] = width
}

function set(list, table,  n, i, part) {
    n = split(list, part, " ")
    for (i = 1; i <= n; i++) table[part[i]]
}

BEGIN {
    RS = "<"
    if (task == "") task = "check"
    if (!wider) wider = 1
    for (i = 1; i < 256; i++) byte[sprintf("%c", i)] = i
    plain_widths("278 278 355 556 556 889 667 191 333 333 389 584 278 333 278 278 " \
        "556 556 556 556 556 556 556 556 556 556 278 278 584 584 584 556 1015 " \
        "667 667 722 722 667 611 778 722 278 500 667 556 833 722 778 667 778 722 667 611 722 667 944 667 667 611 " \
        "278 278 278 469 556 333 " \
        "556 556 500 556 556 278 556 556 222 222 500 222 833 556 556 556 556 333 500 278 556 500 722 500 500 500 " \
        "334 260 334 584", 32, roman)
    plain_widths("278 333 474 556 556 889 722 238 333 333 389 584 278 333 278 278 " \
        "556 556 556 556 556 556 556 556 556 556 333 333 584 584 584 611 975 " \
        "722 722 722 722 667 611 778 722 278 556 722 611 833 722 778 667 778 722 667 611 722 667 944 667 667 611 " \
        "333 278 333 584 556 333 " \
        "556 611 556 611 556 333 611 611 278 278 556 278 889 611 611 611 611 389 556 333 611 556 778 556 556 500 " \
        "389 280 389 584", 32, bold)
    set("a c e m n o r s u v w x z . , - + = ~ : ; _", low) # no higher than an x
    set("g j p q y Q , ; ( ) [ ] { } | @ _ / $", deep)      # below the line
    like("A", "Å Ä À Á Â Ã"); like("E", "É È Ê Ë"); like("O", "Ö Ó Ò Ô Õ Ø"); like("U", "Ü Ú Ù Û")
    like("C", "Ç"); like("N", "Ñ"); like("D", "Ð"); like("S", "Š"); like("Z", "Ž"); like("Y", "Ý")
    like("d", "ð"); like("h", "å ä à á â ã é è ê ë ö ó ò ô õ ü ú ù û ñ"); like("y", "ÿ ý"); like("c", "ç"); like("p", "þ µ")
    for (c in roman) if (c ~ /^[^ -~]/ && roman[c] == 556 && bold[c] == 611) bold[c] = 556 # ä, but for:
    bold["ö"] = bold["ó"] = bold["ò"] = bold["ô"] = bold["õ"] = bold["ü"] = bold["ú"] = bold["ù"] = bold["û"] = bold["ñ"] = 611
    other(1000, "Æ — … ‰ →"); other(889, "æ"); other(611, "ø ß"); other(584, "± × ÷ − ¬"); other(556, "– « » § € £ †")
    other(400, "°"); other(834, "½ ¼ ¾"); other(278, "· ı"); other(333, "„ “ ” ² ³ ´"); other(222, "‘ ’ ‚"); other(350, "•")
    other(549, "≤ ≥ ≈ ≠"); other(500, "œ"); other(278, "\302\240"); other(200, "\342\200\211 \342\200\257")
    set("æ ø œ − · – —", low)
    set("Å Ä À Á Â Ã É È Ê Ë Ö Ó Ò Ô Õ Ü Ú Ù Û Ñ Š Ž Ý", high) # an accent on a capital
    set("ç Ç µ þ ÿ ý § „ ‚", deep)
    split("black #000000 white #ffffff gray #808080 grey #808080 red #ff0000 green #008000 blue #0000ff " \
        "lightgrey #d3d3d3 lightgray #d3d3d3 darkgrey #a9a9a9", pair, " ")
    for (i = 1; i in pair; i += 2) named[pair[i]] = pair[i + 1]
    depth = 0
    m_a[0] = m_d[0] = 1; m_b[0] = m_c[0] = m_e[0] = m_f[0] = 0
    stroke[0] = "none"; fill[0] = "#000000"; color[0] = "#000000"; thick[0] = 1; size[0] = 16; opaque[0] = 1
    anchor[0] = "start"; weight[0] = "normal"; dash[0] = "-"; boxed[0] = hidden[0] = 0; group[0] = "-"
}

function fault(word, what) { faults[++faulty] = word ": " what }

# attribute TAG NAME: its value, "" where there is none; also out of style="...".
function attribute(tag, name,  v, style) {
    if (match(tag, "[ \t\n]" name "[ \t\n]*=[ \t\n]*(\"[^\"]*\"|'[^']*')")) {
        v = substr(tag, RSTART, RLENGTH)
        sub(/^[^"']*["']/, "", v)
        return substr(v, 1, length(v) - 1)
    }
    if (name != "style" && index(tag, "style")) {
        style = ";" attribute(tag, "style")
        gsub(/[ \t\n]*;[ \t\n]*/, ";", style)
        if (match(style, ";" name "[ \t\n]*:[^;]*")) {
            v = substr(style, RSTART, RLENGTH)
            sub(/^[^:]*:[ \t\n]*/, "", v)
            return v
        }
    }
    return ""
}

# A colour as #rrggbb.
function hex(v,  part, i, out) {
    if (v in named) return named[v]
    if (v ~ /^rgb\(/) {
        gsub(/rgb\(|\)| /, "", v)
        split(v, part, ",")
        out = "#"
        for (i = 1; i <= 3; i++) out = out sprintf("%02x", part[i])
        return out
    }
    return tolower(v)
}

function digit(c) { return index("0123456789abcdef", c) - 1 }

# CIE 1976 L* of #rrggbb.
function lightness(v,  i, y, part) {
    if (v !~ /^#[0-9a-f][0-9a-f][0-9a-f][0-9a-f][0-9a-f][0-9a-f]$/) return -1
    for (i = 0; i < 3; i++) {
        part = (digit(substr(v, 2 + 2 * i, 1)) * 16 + digit(substr(v, 3 + 2 * i, 1))) / 255
        part = part <= 0.04045 ? part / 12.92 : exp(2.4 * log((part + 0.055) / 1.055))
        y += part * (i == 0 ? 0.2126 : i == 1 ? 0.7152 : 0.0722)
    }
    return y > 0.008856 ? 116 * exp(log(y) / 3) - 16 : 903.3 * y
}

# The matrix of the element times that of its transform attribute, into depth `to`.
function transformed(to, from, v,  name, inside, p, n, a, b, c, d, e, f, s, t, A, B, C, D, E, F) {
    A = m_a[from]; B = m_b[from]; C = m_c[from]; D = m_d[from]; E = m_e[from]; F = m_f[from]
    while (match(v, /[a-zA-Z]+[ ]*\([^)]*\)/)) {
        inside = substr(v, RSTART, RLENGTH)
        v = substr(v, RSTART + RLENGTH)
        name = inside
        sub(/[ ]*\(.*/, "", name)
        sub(/^[^(]*\(/, "", inside); sub(/\)$/, "", inside); gsub(/,/, " ", inside)
        n = split(inside, p, " ")
        a = d = 1; b = c = e = f = 0
        if (name == "translate") { e = p[1]; f = n > 1 ? p[2] : 0 }
        else if (name == "scale") { a = p[1]; d = n > 1 ? p[2] : p[1] }
        else if (name == "matrix") { a = p[1]; b = p[2]; c = p[3]; d = p[4]; e = p[5]; f = p[6] }
        else if (name == "rotate") {
            t = p[1] * atan2(0, -1) / 180
            a = d = cos(t); b = sin(t); c = -b
            if (n > 1) { e = p[2] - a * p[2] - c * p[3]; f = p[3] - b * p[2] - d * p[3] }
        } else fault("torn", "the transform " name)
        E += A * e + C * f; F += B * e + D * f
        s = A; t = B
        A = s * a + C * b; B = t * a + D * b
        C = s * c + C * d; D = t * c + D * d
    }
    m_a[to] = A; m_b[to] = B; m_c[to] = C; m_d[to] = D; m_e[to] = E; m_f[to] = F
}

function x_of(k, x, y) { return m_a[k] * x + m_c[k] * y + m_e[k] }
function y_of(k, x, y) { return m_b[k] * x + m_d[k] * y + m_f[k] }

# What an element at depth k has, of its own or from what it stands in.
function inherit(k, tag,  v) {
    transformed(k, k - 1, attribute(tag, "transform"))
    v = attribute(tag, "color"); color[k] = v == "" ? color[k - 1] : hex(v)
    v = attribute(tag, "stroke"); stroke[k] = v == "" ? stroke[k - 1] : v == "currentColor" ? v : hex(v)
    v = attribute(tag, "fill"); fill[k] = v == "" ? fill[k - 1] : v == "currentColor" ? v : hex(v)
    v = attribute(tag, "stroke-width"); thick[k] = v == "" ? thick[k - 1] : v + 0
    v = attribute(tag, "stroke-dasharray"); dash[k] = v == "" ? dash[k - 1] : v == "none" ? "-" : v
    v = attribute(tag, "fill-opacity"); opaque[k] = v == "" ? opaque[k - 1] : v + 0
    v = attribute(tag, "font-size"); size[k] = v == "" ? size[k - 1] : v + 0
    v = attribute(tag, "font-weight"); weight[k] = v == "" ? weight[k - 1] : v
    v = attribute(tag, "text-anchor"); anchor[k] = v == "" ? anchor[k - 1] : v
    boxed[k] = boxed[k - 1] || attribute(tag, "filter") ~ /box/
    v = attribute(tag, "id"); group[k] = v == "" ? group[k - 1] : v
    gsub(/[ \t]/, "", dash[k])
}

function stroke_of(k) { return stroke[k] == "currentColor" ? color[k] : stroke[k] }
function fill_of(k) { return fill[k] == "currentColor" ? color[k] : fill[k] }
function scale_of(k,  s) { s = m_a[k] * m_d[k] - m_b[k] * m_c[k]; return sqrt(s < 0 ? -s : s) }

function shape_begin(kind, k) {
    shapes++
    sh_kind[shapes] = kind; sh_stroke[shapes] = stroke_of(k); sh_fill[shapes] = fill_of(k)
    sh_dash[shapes] = dash[k]; sh_thick[shapes] = thick[k] * scale_of(k); sh_group[shapes] = group[k]
    sh_opaque[shapes] = opaque[k]
    sh_points[shapes] = 0
    sh_l[shapes] = sh_t[shapes] = 1e9; sh_r[shapes] = sh_b[shapes] = -1e9
    sh_seg[shapes] = segments + 1
}

function shape_point(x, y) {
    sh_points[shapes]++
    if (x < sh_l[shapes]) sh_l[shapes] = x
    if (x > sh_r[shapes]) sh_r[shapes] = x
    if (y < sh_t[shapes]) sh_t[shapes] = y
    if (y > sh_b[shapes]) sh_b[shapes] = y
}

function segment(x1, y1, x2, y2) {
    if (x1 == x2 && y1 == y2) return
    segments++
    s_x1[segments] = x1; s_y1[segments] = y1; s_x2[segments] = x2; s_y2[segments] = y2
    s_shape[segments] = shapes
}

# An area is seen by its edges: lines of its outline, or else of no width where its colour ends.
function shape_end(filled,  seen) {
    if (!sh_points[shapes]) { shapes--; return }
    seen = sh_stroke[shapes] != "none" && sh_stroke[shapes] != "#ffffff"
    if (!seen && filled && sh_fill[shapes] != "none" && sh_fill[shapes] != "#ffffff") {
        seen = 1
        sh_thick[shapes] = 0
    }
    sh_filled[shapes] = filled && sh_fill[shapes] != "none"
    if (!seen) segments = sh_seg[shapes] - 1
    sh_last[shapes] = segments
}

# A path: each stretch of it is a thing of its own, since gnuplot writes a curve and its sample in the legend,
# and the tics of an axis, as one. A move alone draws nothing.
function path(d, k,  n, p, i, c, x, y, nx, ny, fx, fy, px, py, open, filled) {
    gsub(/[MLHVZmlhvzCcSsQqTtAa]/, " & ", d); gsub(/,/, " ", d)
    n = split(d, p, /[ \t\n]+/)
    filled = fill_of(k) != "none"
    for (i = 1; i <= n; i++) {
        if (p[i] == "") continue
        if (p[i] ~ /^[A-Za-z]$/) {
            c = p[i]
            if (c ~ /[CcSsQqTtAa]/) { fault("torn", "the path command " c); break }
            if (c ~ /[Zz]/ && open) { segment(px, py, fx, fy); px = fx; py = fy }
            if (c ~ /[Mm]/ && open) { shape_end(filled); open = 0 }
            continue
        }
        nx = x; ny = y
        if (c ~ /[Hh]/) nx = p[i] + (c == "h" ? x : 0)
        else if (c ~ /[Vv]/) ny = p[i] + (c == "v" ? y : 0)
        else { nx = p[i] + (c ~ /[ml]/ ? x : 0); i++; ny = p[i] + (c ~ /[ml]/ ? y : 0) }
        x = nx; y = ny
        nx = x_of(k, x, y); ny = y_of(k, x, y)
        if (c ~ /[Mm]/) {
            fx = nx; fy = ny; c = c == "m" ? "l" : "L"
        } else {
            if (!open) { shape_begin("path", k); shape_point(px, py); open = 1 }
            shape_point(nx, ny)
            segment(px, py, nx, ny)
        }
        px = nx; py = ny
    }
    if (open) shape_end(filled)
}

function polygon(list, k, closed,  n, p, i, x, y, fx, fy, px, py) {
    gsub(/,/, " ", list)
    n = split(list, p, /[ \t\n]+/)
    shape_begin(closed ? "polygon" : "polyline", k)
    for (i = 1; i < n; i++) {
        if (p[i] == "") continue
        x = x_of(k, p[i], p[i + 1]); y = y_of(k, p[i], p[i + 1]); i++
        if (sh_points[shapes]) segment(px, py, x, y)
        else { fx = x; fy = y }
        shape_point(x, y)
        px = x; py = y
    }
    if (closed) segment(px, py, fx, fy)
    shape_end(closed)
}

function box(kind, l, t, r, b, k) {
    shape_begin(kind, k)
    if (kind == "point") { sh_thick[shapes] = 0; sh_stroke[shapes] = color[k] } # as gnuplot's marks are defined
    shape_point(x_of(k, l, t), y_of(k, l, t)); shape_point(x_of(k, r, b), y_of(k, r, b))
    shape_point(x_of(k, l, b), y_of(k, l, b)); shape_point(x_of(k, r, t), y_of(k, r, t))
    segment(x_of(k, l, t), y_of(k, l, t), x_of(k, r, t), y_of(k, r, t))
    segment(x_of(k, r, t), y_of(k, r, t), x_of(k, r, b), y_of(k, r, b))
    segment(x_of(k, r, b), y_of(k, r, b), x_of(k, l, b), y_of(k, l, b))
    segment(x_of(k, l, b), y_of(k, l, b), x_of(k, l, t), y_of(k, l, t))
    shape_end(kind != "point")
}

# An opaque rectangle hides what was drawn before it.
function hides(s,  a) {
    if (!sh_filled[s] || sh_opaque[s] < 1 || (sh_kind[s] != "rect" && sh_kind[s] != "polygon")) return 0
    if (sh_kind[s] == "polygon" && sh_points[s] > 5) return 0
    return 1
}

# The next letter of v from byte `at`; its length in bytes is `wide`, 0 where it is no UTF-8.
function letter(v, at,  b, n, i) {
    b = byte[substr(v, at, 1)]
    n = b < 128 ? 1 : b >= 194 && b < 224 ? 2 : b >= 224 && b < 240 ? 3 : b >= 240 && b < 245 ? 4 : 0
    for (i = 1; i < n; i++) {
        b = byte[substr(v, at + i, 1)]
        if (b < 128 || b > 191) n = 0
    }
    wide = n
    return substr(v, at, n ? n : 1)
}

function entities(v,  out, at, name) {
    while (match(v, /&[#a-zA-Z0-9]+;/)) {
        name = substr(v, RSTART + 1, RLENGTH - 2)
        out = out substr(v, 1, RSTART - 1)
        v = substr(v, RSTART + RLENGTH)
        if (name == "amp") out = out "&"
        else if (name == "lt") out = out "<"
        else if (name == "gt") out = out ">"
        else if (name == "quot") out = out "\""
        else if (name == "apos") out = out "'"
        else if (name ~ /^#[0-9]+$/ && substr(name, 2) < 128) out = out sprintf("%c", substr(name, 2) + 0)
        else fault("torn", "the entity " name)
    }
    if (index(v, "&")) fault("torn", "a bare & in a text")
    return out v
}

# A piece of a text at depth k: its letters add to the width, the height and the depth.
function piece(v, k,  at, c, w) {
    gsub(/[ \t\n]+/, " ", v)
    for (at = 1; at <= length(v); at += wide) {
        c = letter(v, at)
        if (!wide) { fault("torn", "a text that is not UTF-8: " v); wide = 1 }
        if (c == " " && (t_text == "" || t_text ~ / $/)) continue
        w = weight[k] ~ /bold|[6-9]00/ ? bold[c] : roman[c]
        if (w == "") w = 667
        w *= wider * size[k] / 1000
        t_width += w
        if (c == " ") t_blank = w
        t_text = t_text c
        w = (c in low ? 0.54 : c in high ? 0.94 : 0.74) * size[k]
        if (c != " " && w > t_up) t_up = w
        w = (c in deep ? 0.22 : 0.015) * size[k]
        if (w > t_down) t_down = w
    }
}

function text_end(k,  left, i, x, y) {
    if (t_text ~ / $/) { t_text = substr(t_text, 1, length(t_text) - 1); t_width -= t_blank }
    if (t_text == "") return
    texts++
    left = t_x - (anchor[k] == "end" ? t_width : anchor[k] == "middle" ? t_width / 2 : 0)
    tx_text[texts] = t_text; tx_size[texts] = size[k] * scale_of(k); tx_weight[texts] = weight[k]; tx_anchor[texts] = anchor[k]
    tx_x[texts] = x_of(k, t_x, t_y); tx_y[texts] = y_of(k, t_x, t_y)
    tx_angle[texts] = atan2(m_b[k], m_a[k]) * 180 / atan2(0, -1)
    tx_width[texts] = t_width * scale_of(k); tx_after[texts] = shapes; tx_boxed[texts] = boxed[k]
    # the frame of the text itself: origin, the two directions, and the box along them
    tx_cos[texts] = m_a[k] / scale_of(k); tx_sin[texts] = m_b[k] / scale_of(k)
    tx_from[texts] = left * scale_of(k); tx_to[texts] = (left + t_width) * scale_of(k)
    tx_up[texts] = t_up * scale_of(k); tx_down[texts] = t_down * scale_of(k)
    tx_line[texts] = t_y * scale_of(k)
    tx_ox[texts] = m_e[k]; tx_oy[texts] = m_f[k]
    tx_left[texts] = tx_top[texts] = 1e9; tx_right[texts] = tx_bottom[texts] = -1e9
    for (i = 0; i < 4; i++) {
        corner(texts, i, 0)
        if (cx < tx_left[texts]) tx_left[texts] = cx
        if (cx > tx_right[texts]) tx_right[texts] = cx
        if (cy < tx_top[texts]) tx_top[texts] = cy
        if (cy > tx_bottom[texts]) tx_bottom[texts] = cy
    }
}

# A corner, 0 to 3, of a text's box made longer by `along` at both ends.
function corner(t, i, along,  u, v) {
    u = i == 0 || i == 3 ? tx_from[t] - along : tx_to[t] + along
    v = tx_line[t] + (i < 2 ? -tx_up[t] : tx_down[t])
    cx = tx_ox[t] + tx_cos[t] * u - tx_sin[t] * v
    cy = tx_oy[t] + tx_sin[t] * u + tx_cos[t] * v
}

{
    if (incdata) { cdata = cdata "<" $0 } else { cdata = $0 }
    if (cdata ~ /^!\[CDATA\[/) {
        at = index(cdata, "]]>")
        incdata = !at
        if (at && intext) { piece(substr(cdata, 9, at - 9), depth); piece(entities(substr(cdata, at + 3)), depth) }
        next
    }
    at = index($0, ">")
    if (NR == 1 && $0 !~ /[^ \t\n]/) next
    if (!at) { fault("torn", "a tag without end: " substr($0, 1, 40)); next }
    if ($0 ~ /^[?!]/) next
    tag = substr($0, 1, at - 1)
    after = substr($0, at + 1)
    name = tag
    sub(/[ \t\n\/].*/, "", name)
    if (tag ~ /^\//) {
        name = substr(tag, 2)
        sub(/[ \t\n]+$/, "", name)
        if (!depth || element[depth] != name) fault("torn", "</" name "> ends <" (depth ? element[depth] : "") ">")
        if (name == "text" && intext) { text_end(depth); intext = 0 }
        if (depth) depth--
        if (intext) piece(entities(after), depth)
        next
    }
    k = depth + 1
    element[k] = name
    hidden[k] = hidden[k - 1] || name ~ /^(defs|clipPath|filter|title|desc|style|script|metadata|pattern)$/
    alone = tag ~ /\/$/
    if (alone) tag = substr(tag, 1, length(tag) - 1)
    if (!alone) depth = k
    if (hidden[k]) next
    if (name == "svg" && split(attribute(tag, "viewBox"), view, /[ ,\t\n]+/) != 4) fault("torn", "no viewBox")
    drawn = ""
    if (name == "path") drawn = attribute(tag, "d")
    else if (name ~ /^poly/) drawn = attribute(tag, "points")
    if (drawn != "") { # not searched again for each attribute
        sub(/[ \t\n](d|points)[ \t\n]*=[ \t\n]*("[^"]*"|'[^']*')/, "", tag)
    }
    inherit(k, tag)
    if (name == "text") {
        intext = 1
        t_text = ""; t_width = t_up = t_down = t_blank = 0
        t_x = attribute(tag, "x") + 0; t_y = attribute(tag, "y") + 0
    }
    if (intext) piece(entities(after), k)
    if (name == "path") path(drawn, k)
    else if (name == "polygon") polygon(drawn, k, 1)
    else if (name == "polyline") polygon(drawn, k, 0)
    else if (name == "line") polygon(attribute(tag, "x1") " " attribute(tag, "y1") " " attribute(tag, "x2") " " attribute(tag, "y2"), k, 0)
    else if (name == "rect") {
        x = attribute(tag, "x") + 0; y = attribute(tag, "y") + 0
        box("rect", x, y, x + attribute(tag, "width"), y + attribute(tag, "height"), k)
    } else if (name == "circle") {
        x = attribute(tag, "cx") + 0; y = attribute(tag, "cy") + 0; r = attribute(tag, "r") + 0
        box("point", x - r, y - r, x + r, y + r, k)
    } else if (name == "use") {
        x = attribute(tag, "x") + 0; y = attribute(tag, "y") + 0
        box("point", x - 1, y - 1, x + 1, y + 1, k)
    } else if (name !~ /^(svg|g|text|tspan|a)$/) fault("torn", "the element " name)
}

function more(a, b) { return a > b ? a : b }
function less(a, b) { return a < b ? a : b }

# How far two boxes lie in each other along the directions of text t; below 0 they are apart.
function depth_along(t, u,  i, p, q, lo, hi, lo2, hi2, d, axis) {
    d = 1e9
    for (axis = 0; axis < 2; axis++) {
        lo = lo2 = 1e9; hi = hi2 = -1e9
        for (i = 0; i < 4; i++) {
            corner(t, i, 0.1 * tx_size[t])
            p = axis ? cy * tx_cos[t] - cx * tx_sin[t] : cx * tx_cos[t] + cy * tx_sin[t]
            corner(u, i, 0.1 * tx_size[u])
            q = axis ? cy * tx_cos[t] - cx * tx_sin[t] : cx * tx_cos[t] + cy * tx_sin[t]
            lo = less(lo, p); hi = more(hi, p); lo2 = less(lo2, q); hi2 = more(hi2, q)
        }
        d = less(d, less(hi, hi2) - more(lo, lo2))
    }
    return d
}

function overlaps(  t, u, reach) {
    for (t = 1; t <= texts; t++)
        for (u = t + 1; u <= texts; u++) {
            reach = 0.2 * more(tx_size[t], tx_size[u])
            if (tx_left[u] > tx_right[t] + reach || tx_left[t] > tx_right[u] + reach) continue
            if (tx_top[u] > tx_bottom[t] + reach || tx_top[t] > tx_bottom[u] + reach) continue
            if (tx_text[t] == tx_text[u] && abs(tx_x[t] - tx_x[u]) < 0.5 && abs(tx_y[t] - tx_y[u]) < 0.5) continue
            if (depth_along(t, u) > 0.5 && depth_along(u, t) > 0.5)
                fault("overlap", where(t) " and " where(u))
        }
}

function abs(v) { return v < 0 ? -v : v }
function where(t) { return sprintf("'%s' at %.0f,%.0f", tx_text[t], tx_x[t], tx_y[t]) }

# Does a segment go through a text's ink? In the text's own frame the box is upright (Liang and Barsky 1984).
function strikes(s, t,  half, l, r, u, d, x1, y1, x2, y2, dx, dy, t0, t1, i, p, q) {
    half = sh_thick[s_shape[s]] / 2
    if (less(s_x1[s], s_x2[s]) - half > tx_right[t] || more(s_x1[s], s_x2[s]) + half < tx_left[t]) return 0
    if (less(s_y1[s], s_y2[s]) - half > tx_bottom[t] || more(s_y1[s], s_y2[s]) + half < tx_top[t]) return 0
    x1 = (s_x1[s] - tx_ox[t]) * tx_cos[t] + (s_y1[s] - tx_oy[t]) * tx_sin[t]
    y1 = (s_y1[s] - tx_oy[t]) * tx_cos[t] - (s_x1[s] - tx_ox[t]) * tx_sin[t]
    x2 = (s_x2[s] - tx_ox[t]) * tx_cos[t] + (s_y2[s] - tx_oy[t]) * tx_sin[t]
    y2 = (s_y2[s] - tx_oy[t]) * tx_cos[t] - (s_x2[s] - tx_ox[t]) * tx_sin[t]
    half -= 0.2
    l = tx_from[t] - half; r = tx_to[t] + half; u = tx_line[t] - tx_up[t] - half; d = tx_line[t] + tx_down[t] + half
    dx = x2 - x1; dy = y2 - y1; t0 = 0; t1 = 1
    for (i = 0; i < 4; i++) {
        p = i == 0 ? -dx : i == 1 ? dx : i == 2 ? -dy : dy
        q = i == 0 ? x1 - l : i == 1 ? r - x1 : i == 2 ? y1 - u : d - y1
        if (p == 0) { if (q < 0) return 0 }
        else if (p < 0) { if (q / p > t1) return 0; t0 = more(t0, q / p) }
        else { if (q / p < t0) return 0; t1 = less(t1, q / p) }
    }
    return t0 <= t1
}

# Was an opaque white area that holds the text drawn between the shape and the text?
function behind_white(shape, t,  i, s) {
    if (shape > tx_after[t]) return 0
    if (tx_boxed[t]) return 1
    for (i = 1; i <= covers; i++) {
        s = cover[i]
        if (s > shape && s <= tx_after[t] && sh_fill[s] == "#ffffff" && sh_l[s] <= tx_left[t] + 0.5 &&
            sh_r[s] >= tx_right[t] - 0.5 && sh_t[s] <= tx_top[t] + 0.5 && sh_b[s] >= tx_bottom[t] - 0.5) return 1
    }
    return 0
}

function struck(  t, s, n, first) {
    for (t = 1; t <= texts; t++) {
        n = 0
        for (s = 1; s <= segments; s++) {
            if (less(s_x1[s], s_x2[s]) > tx_right[t] + 9 || more(s_x1[s], s_x2[s]) < tx_left[t] - 9) continue
            if (less(s_y1[s], s_y2[s]) > tx_bottom[t] + 9 || more(s_y1[s], s_y2[s]) < tx_top[t] - 9) continue
            if (strikes(s, t) && !behind_white(s_shape[s], t) && !n++) first = s
        }
        if (n) fault("struck", sprintf("%s by the %s %s of %s from %.0f,%.0f to %.0f,%.0f%s", where(t), sh_kind[s_shape[first]],
            sh_stroke[s_shape[first]] == "none" ? sh_fill[s_shape[first]] : sh_stroke[s_shape[first]], sh_group[s_shape[first]],
            s_x1[first], s_y1[first], s_x2[first], s_y2[first], n > 1 ? " and " n - 1 " more" : ""))
    }
}

function outside_or_covered(  t, i, s) {
    for (t = 1; t <= texts; t++) {
        if (tx_left[t] < view[1] - 0.5 || tx_top[t] < view[2] - 0.5 || tx_right[t] > view[1] + view[3] + 0.5 ||
            tx_bottom[t] > view[2] + view[4] + 0.5)
            fault("outside", sprintf("%s: %.0f to %.0f and %.0f to %.0f of %s by %s", where(t), tx_left[t], tx_right[t],
                tx_top[t], tx_bottom[t], view[3], view[4]))
        for (i = 1; i <= covers; i++) {
            s = cover[i]
            if (s > tx_after[t] && sh_l[s] < tx_right[t] && sh_r[s] > tx_left[t] && sh_t[s] < tx_bottom[t] && sh_b[s] > tx_top[t]) {
                fault("covered", where(t)); break
            }
        }
    }
}

function missing(  asked, all, t, rs) {
    all = "\n"
    for (t = 1; t <= texts; t++) all = all tx_text[t] " "
    rs = RS; RS = "\n"
    while ((getline asked < want) > 0) {
        gsub(/[ \t]+/, " ", asked)
        if (asked != "" && !index(all, asked)) fault("missing", "'" asked "'")
    }
    RS = rs
}

function marks(  t, s, gap, best, at, c) {
    for (t = 1; t <= texts; t++) {
        if (index(tx_text[t], name_wanted) != 1) continue
        best = 40; at = 0
        for (s = 1; s <= shapes; s++) {
            if (sh_r[s] - sh_l[s] < 6 || sh_r[s] - sh_l[s] > 120 || sh_b[s] - sh_t[s] > 2.2 * tx_size[t]) continue
            if ((sh_t[s] + sh_b[s]) / 2 < tx_top[t] - 4 || (sh_t[s] + sh_b[s]) / 2 > tx_bottom[t] + 4) continue
            if (sh_last[s] < sh_seg[s] && !sh_filled[s]) continue
            gap = more(tx_left[t] - sh_r[s], sh_l[s] - tx_right[t])
            if (gap > -3 && gap < best) { best = gap; at = s }
        }
        if (!at) { print "none"; continue }
        c = sh_filled[at] && sh_fill[at] != "#ffffff" ? sh_fill[at] : sh_stroke[at]
        printf "%s\t%s\t%.0f\t%s\n", c, sh_dash[at], lightness(c), sh_filled[at] ? sh_fill[at] " " sh_opaque[at] : "-"
    }
}

END {
    while (depth) fault("torn", "<" element[depth--] "> has no end")
    if (intext || incdata) fault("torn", "a text without end")
    for (s = 1; s <= shapes; s++) if (hides(s)) cover[++covers] = s
    if (task == "list")
        for (t = 1; t <= texts; t++)
            printf "%.2f\t%.2f\t%.2f\t%s\t%s\t%.0f\t%.2f\t%.2f\t%.2f\t%.2f\t%.2f\t%s\n", tx_x[t], tx_y[t], tx_size[t], tx_weight[t],
                tx_anchor[t], tx_angle[t], tx_width[t], tx_left[t], tx_top[t], tx_right[t], tx_bottom[t], tx_text[t]
    else if (task == "lines")
        for (s = 1; s <= shapes; s++)
            printf "%s\t%s\t%s\t%s\t%.2f\t%d\t%.2f\t%.2f\t%.2f\t%.2f\t%s\n", sh_kind[s], sh_stroke[s], sh_filled[s] ? sh_fill[s] : "none",
                sh_dash[s], sh_thick[s], sh_points[s], sh_l[s], sh_t[s], sh_r[s], sh_b[s], sh_group[s]
    else if (task == "mark") { name_wanted = beside; marks() }
    else {
        if (!texts) fault("missing", "any text")
        if (want != "") missing()
        outside_or_covered()
        overlaps()
        struck()
        for (i = 1; i <= faulty; i++) print faults[i]
        exit faulty > 0
    }
}
