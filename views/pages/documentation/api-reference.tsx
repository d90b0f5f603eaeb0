import { paths } from '../../paths.ts'
import type { Answer, Call, JsonSchema, OpenapiDocument, Parameter, Problem } from './openapi-document.ts'

type Named = { readonly method: string; readonly path: string; readonly call: Call }

/** The reference of the API, wholly out of its document: every call, then every problem under `#<code>`. */
export const ApiReference = ({ document }: { document: OpenapiDocument }) => {
  const calls = callsOf(document)
  return (
    <>
      <h1>API reference</h1>
      <p>
        <Prose text={document.info.description} />
      </p>
      <p>
        The same as a document for machines: <a href="/api/v1/openapi.json">OpenAPI {document.openapi}</a>. What
        software does with it, step by step: <a href={paths.softwareGuide}>Licensing in your software</a>.
      </p>
      <nav aria-label="On this page">
        <ul>
          {calls.map(({ call }) => (
            <li>
              <a href={`#${call.operationId}`}>{call.summary}</a>
            </li>
          ))}
          <li>
            <a href="#validation-codes">Codes of a validation</a>
          </li>
          <li>
            <a href="#problems">Problems</a>
          </li>
        </ul>
      </nav>
      {calls.map((one) => (
        <CallSection {...one} document={document} />
      ))}
      <ValidationCodes codes={document['x-validation-codes']} />
      <Problems problems={document['x-problems']} />
    </>
  )
}

const callsOf = ({ paths }: OpenapiDocument): Named[] =>
  Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, call]) => ({ method: method.toUpperCase(), path, call })),
  )

const CallSection = ({ method, path, call, document }: Named & { document: OpenapiDocument }) => (
  <section id={call.operationId} aria-labelledby={`${call.operationId}-title`}>
    <h2 id={`${call.operationId}-title`}>{call.summary}</h2>
    <p>
      <code>
        {method} {path}
      </code>
    </p>
    <p>
      <Prose text={call.description} />
      {call.security.length === 0 && ' No API key is needed.'}
    </p>
    {call.parameters.length > 0 && <Parameters parameters={call.parameters} of={call.summary} />}
    {call.requestBody && (
      <Fields
        caption={`Body: ${call.summary}`}
        schema={resolved(document, call.requestBody.content['application/json']?.schema ?? {})}
      />
    )}
    <pre>{call['x-curl']}</pre>
    <Answers call={call} />
    {call['x-problems'].length > 0 && (
      <p>
        Problems of its own:{' '}
        {call['x-problems'].map((code, i) => (
          <>
            {i > 0 && ', '}
            <a href={`#${code}`}>
              <code>{code}</code>
            </a>
          </>
        ))}
        .
      </p>
    )}
  </section>
)

const Parameters = ({ parameters, of }: { parameters: readonly Parameter[]; of: string }) => (
  <table>
    <caption>Parameters: {of}</caption>
    <thead>
      <tr>
        <th scope="col">Name</th>
        <th scope="col">In</th>
        <th scope="col">Takes</th>
        <th scope="col">What it does</th>
      </tr>
    </thead>
    <tbody>
      {parameters.map((one) => (
        <tr>
          <th scope="row" data-label="Name">
            <code>{one.name}</code>
          </th>
          <td data-label="In">
            {one.in}
            {one.required && ', required'}
          </td>
          <td data-label="Takes">{typeInWords(one.schema)}</td>
          <td data-label="What it does">
            <Prose text={one.description} />
          </td>
        </tr>
      ))}
    </tbody>
  </table>
)

const Fields = ({ caption, schema }: { caption: string; schema: JsonSchema }) => (
  <table>
    <caption>{caption}</caption>
    <thead>
      <tr>
        <th scope="col">Field</th>
        <th scope="col">Takes</th>
      </tr>
    </thead>
    <tbody>
      {Object.entries((schema.properties ?? {}) as Record<string, JsonSchema>).map(([name, field]) => (
        <tr>
          <th scope="row" data-label="Field">
            <code>{name}</code>
          </th>
          <td data-label="Takes">
            {typeInWords(field)}
            {!((schema.required ?? []) as string[]).includes(name) && ', may be left out'}
          </td>
        </tr>
      ))}
    </tbody>
  </table>
)

const Answers = ({ call }: { call: Call }) => (
  <>
    {Object.entries(call.responses)
      .filter(([status]) => Number(status) < 400)
      .map(([status, answer]) => (
        <AnswerPart status={status} answer={answer} />
      ))}
  </>
)

const AnswerPart = ({ status, answer }: { status: string; answer: Answer }) => {
  const example = answer.content?.['application/json']?.example
  return (
    <>
      <p>
        <b>{status}</b> {answer.description} {Object.keys(answer.headers ?? {}).length > 0 && 'With '}
        {Object.entries(answer.headers ?? {}).map(([name, header], i) => (
          <>
            {i > 0 && ', '}
            <code>{name}</code>: <Prose text={header.description} />
          </>
        ))}
      </p>
      {example !== undefined && <pre>{JSON.stringify(example, null, 2)}</pre>}
    </>
  )
}

const ValidationCodes = ({ codes }: { codes: OpenapiDocument['x-validation-codes'] }) => (
  <section id="validation-codes" aria-labelledby="validation-codes-title">
    <h2 id="validation-codes-title">Codes of a validation</h2>
    <p>
      The first that holds, from the top, is the answer. <code>code</code> and <code>valid</code> are independent:
      within its days of grace software is told what is the matter, and runs.
    </p>
    <table>
      <caption>Codes in the order in which they are decided</caption>
      <thead>
        <tr>
          <th scope="col">Code</th>
          <th scope="col">Valid</th>
          <th scope="col">What it means</th>
        </tr>
      </thead>
      <tbody>
        {codes.map(({ code, valid, detail }) => (
          <tr>
            <th scope="row" data-label="Code">
              <code>{code}</code>
            </th>
            <td data-label="Valid">{valid ? 'yes' : 'no'}</td>
            <td data-label="What it means">{detail}</td>
          </tr>
        ))}
      </tbody>
    </table>
  </section>
)

const Problems = ({ problems }: { problems: readonly Problem[] }) => (
  <section id="problems" aria-labelledby="problems-title">
    <h2 id="problems-title">Problems</h2>
    <table>
      <caption>Every code there is; switch on the code, show the detail</caption>
      <thead>
        <tr>
          <th scope="col">Code</th>
          <th scope="col">Status</th>
          <th scope="col">What it means</th>
          <th scope="col">What to do</th>
        </tr>
      </thead>
      <tbody>
        {problems.map(({ code, status, title, detail }) => (
          <tr id={code}>
            <th scope="row" data-label="Code">
              <code>{code}</code>
            </th>
            <td data-label="Status">{status}</td>
            <td data-label="What it means">{title}</td>
            <td data-label="What to do">
              <Prose text={detail} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  </section>
)

/** Text in which backticks mark code. */
const Prose = ({ text }: { text: string }) => (
  <>{text.split('`').map((part, i) => (i % 2 === 1 ? <code>{part}</code> : part))}</>
)

/** What a schema takes: `missing, ending-30 …`, `integer, 1 to 100, else 25`, `text of at most 500 characters`. */
function typeInWords(schema: JsonSchema): string {
  if (Array.isArray(schema.enum)) return schema.enum.join(', ')
  const { type, minimum, maximum, maxLength, default: otherwise } = schema
  const range = minimum !== undefined && maximum !== undefined ? `, ${minimum} to ${maximum}` : ''
  const length = maxLength === undefined ? '' : ` of at most ${maxLength} characters`
  return `${type === 'string' ? 'text' : type}${length}${range}${otherwise === undefined ? '' : `, else ${otherwise}`}`
}

/** A schema, looked up under `components` where it is a reference. */
function resolved(document: OpenapiDocument, schema: JsonSchema): JsonSchema {
  const name = String(schema.$ref ?? '').replace('#/components/schemas/', '')
  return document.components.schemas[name] ?? schema
}
